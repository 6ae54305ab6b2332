// Bundles with fixed names. The manifest names two: functions.js is whole by itself; taskpane.js runs
// after it on the same page and shares its copy of the rules. statements.js is the worker that reads
// statements, started with the first import; where there is no worker, statements-here.js does the same
// on the page. room-*.js is what the pane's first screen doesn't show (src/taskpane/rooms.ts); their
// names change with what is in them. The functions load no further code.
const path = require("node:path");
const MiniCssExtractPlugin = require("mini-css-extract-plugin");

const statements = path.join(__dirname, "src", "statements");
const beside = ["account", path.join("taskpane", "rooms")].map((room) =>
  path.join(__dirname, "src", room),
);

const common = {
  mode: "production",
  // No source maps in what users get, and nothing that needs eval: the page's policy forbids it.
  devtool: false,
  context: __dirname,
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
      // What the page takes from the readers' door must not bring the readers along.
      { test: /\.ts$/, include: statements, sideEffects: false },
      // Nor what the first screen takes from the account and the pane the code of later rooms.
      { test: /\.ts$/, include: beside, sideEffects: false },
      { test: /\.css$/, use: [MiniCssExtractPlugin.loader, "css-loader"] },
    ],
  },
  performance: { hints: false },
};

/**
 * Each reader of workbooks in a file of its own, which loads with the first such workbook; what unpacks zips
 * is shared with the reader of parameter files.
 */
const workbookReaders = {
  xls: { test: /[\\/]@e965[\\/]/, chunks: "async", enforce: true, name: "xls" },
  xlsx: {
    test: /[\\/]node_modules[\\/](read-excel-file|saxen|@xmldom)[\\/]/,
    chunks: "async",
    enforce: true,
    name: "xlsx",
  },
  markup: {
    test: /[\\/]node_modules[\\/](saxes|xmlchars)[\\/]/,
    chunks: "async",
    enforce: true,
    name: "markup",
  },
  zip: {
    test: /[\\/]node_modules[\\/]fflate[\\/]/,
    chunks: "async",
    enforce: true,
    name: "zip",
  },
};

/** @param {string} outDir */
module.exports = (outDir) => [
  {
    ...common,
    target: ["web", "es2020"],
    entry: {
      functions: "./src/functions/index.ts",
      taskpane: { import: "./src/taskpane/index.ts", dependOn: "functions" },
    },
    output: {
      path: outDir,
      filename: "[name].js",
      // A page that was open when the add-in was updated finds no file of another version under an old name.
      chunkFilename: "room-[name].[contenthash:8].js",
      // Beside the page: the functions also run where no script knows its own address.
      publicPath: "",
      chunkLoadingGlobal: "optionSellerMargin",
    },
    plugins: [new MiniCssExtractPlugin({ filename: "[name].css" })],
  },
  {
    ...common,
    target: ["web", "es2020"],
    optimization: { splitChunks: { cacheGroups: workbookReaders } },
    entry: { "statements-here": "./src/taskpane/reading-here.ts" },
    output: {
      path: outDir,
      filename: "[name].js",
      chunkFilename: "statements-here-[name].js",
      chunkLoadingGlobal: "optionSellerMarginReaders",
    },
  },
  {
    ...common,
    target: ["webworker", "es2020"],
    optimization: { splitChunks: { cacheGroups: workbookReaders } },
    entry: { statements: "./src/taskpane/reading-worker.ts" },
    output: { path: outDir, filename: "[name].js", chunkFilename: "statements-[name].js" },
  },
];
