// Two bundles with fixed names, because the manifest names them: functions.js is whole by itself;
// taskpane.js runs after it on the same page and shares its copy of the rules.
const path = require("node:path");
const MiniCssExtractPlugin = require("mini-css-extract-plugin");

/** @param {string} outDir */
module.exports = (outDir) => ({
  mode: "production",
  target: ["web", "es2020"],
  // No source maps in what users get, and nothing that needs eval: the page's policy forbids it.
  devtool: false,
  context: __dirname,
  entry: {
    functions: "./src/functions/index.ts",
    taskpane: { import: "./src/taskpane/index.ts", dependOn: "functions" },
  },
  output: {
    path: outDir,
    filename: "[name].js",
    chunkLoadingGlobal: "optionSellerMargin",
  },
  resolve: { extensions: [".ts", ".js"] },
  module: {
    rules: [
      {
        test: /\.ts$/,
        exclude: /node_modules/,
        loader: "ts-loader",
        // Types are `npm run check`'s business; the build only strips them.
        options: { transpileOnly: true, compilerOptions: { noEmit: false } },
      },
      {
        test: /\.ts$/,
        enforce: "pre",
        include: path.join(__dirname, "src", "functions"),
        exclude: /[\\/](index|cell)\.ts$/,
        loader: path.join(__dirname, "tools", "associate-loader.cjs"),
      },
      {
        test: /decimal\.mjs$/,
        loader: path.join(__dirname, "tools", "decimal-loader.cjs"),
      },
      { test: /\.css$/, use: [MiniCssExtractPlugin.loader, "css-loader"] },
    ],
  },
  plugins: [new MiniCssExtractPlugin({ filename: "[name].css" })],
  performance: { hints: false },
});
