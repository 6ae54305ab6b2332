// Two bundles for the workbench: the page, and the emulated host that goes into the pane's frame.
// Not minified (that would take a minute) and without eval, so that the page's policy can forbid it.
import path from "node:path";
import { fileURLToPath } from "node:url";
import MiniCssExtractPlugin from "mini-css-extract-plugin";
import { root } from "./config.mjs";

const source = path.join(root, "src", "workbench");

/**
 * @param {string} outDir
 * @returns {import("webpack").Configuration}
 */
export function workbenchConfiguration(outDir) {
  return {
    mode: "none",
    target: ["web", "es2020"],
    devtool: false,
    context: root,
    entry: {
      workbench: path.join(source, "index.ts"),
      "office-host": path.join(source, "office-host.ts"),
    },
    output: { path: outDir, filename: "[name].js" },
    resolve: { extensions: [".ts", ".js"] },
    // React's and Univer's production branches.
    optimization: { nodeEnv: "production", minimize: false },
    module: {
      rules: [
        {
          test: /\.ts$/,
          include: source,
          loader: "ts-loader",
          options: { transpileOnly: true, compilerOptions: { noEmit: false } },
        },
        { test: /\.css$/, use: [MiniCssExtractPlugin.loader, "css-loader"] },
      ],
    },
    plugins: [new MiniCssExtractPlugin({ filename: "[name].css" })],
    // A second build takes two seconds.
    cache: { type: "filesystem", buildDependencies: { config: [fileURLToPath(import.meta.url)] } },
    performance: { hints: false },
  };
}
