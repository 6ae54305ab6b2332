// `npm run excel`: builds the add-in, serves it over HTTPS and hands it to Excel where there is one.
//   --no-serve   don't serve (something else does)
//   --for N      stop by itself after N seconds
//   --remove     take the add-in out of Excel again, and nothing else
import { readFileSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { buildAddIn } from "./build.mjs";
import { addinUrl, distDir, root } from "./config.mjs";
import { developmentCertificate, serveHttps } from "./https-server.mjs";
import { sideload } from "./sideload.mjs";

const { values } = parseArgs({
  options: {
    "no-serve": { type: "boolean", default: false },
    for: { type: "string" },
    remove: { type: "boolean", default: false },
  },
});
const manifest = path.join(distDir, "manifest.xml");

if (values.remove) {
  await sideload(manifest, addInId(path.join(root, "manifest.xml")), { remove: true });
  console.log("已从 Excel 移除，重新打开 Excel 生效。 Removed from Excel; restart Excel.");
  process.exit(0);
}

await buildAddIn();
console.log(`构建完成 Built: ${distDir}`);
if (new URL(addinUrl).hostname === "localhost") {
  if (!values["no-serve"]) await serve();
  await handToExcel();
} else {
  console.log(`先把 dist/ 上传到该地址 Upload dist/ to ${addinUrl}`);
  printStepsForTheWeb();
}

async function serve() {
  const certificate = await developmentCertificate();
  const port = Number(new URL(addinUrl).port || 443);
  const server = await serveHttps({ folder: distDir, port, certificate }).catch((error) => {
    if (error.code !== "EADDRINUSE") throw error;
    console.error(
      `端口 ${port} 被占用，请先结束占用它的程序。 Port ${port} is taken; end what uses it first.`,
    );
    process.exit(1);
  });
  console.log(`服务地址 Serving ${addinUrl} (Ctrl-C 结束 ends it)`);
  if (!certificate.trusted) {
    console.log(
      `浏览器须先信任证书：打开 ${addinUrl}/taskpane.html 并接受。\n` +
        `The certificate isn't trusted yet: open ${addinUrl}/taskpane.html once and accept it.`,
    );
  }
  const end = () => void server.close().then(() => process.exit(0));
  process.once("SIGINT", end);
  process.once("SIGTERM", end);
  if (values.for) setTimeout(end, Number(values.for) * 1000);
}

/** @param {string} file a manifest */
function addInId(file) {
  return /<Id>([^<]+)<\/Id>/.exec(readFileSync(file, "utf8"))?.[1] ?? "";
}

async function handToExcel() {
  if ((await sideload(manifest, addInId(manifest))) === "installed") {
    console.log(
      "加载项已交给 Excel：重新打开 Excel，在“开始”选项卡点“保证金”。\n" +
        "Excel has the add-in: restart Excel and choose Margin on the Home tab.",
    );
  } else {
    console.log(
      "本机没有桌面版 Excel，可用网页版。 No desktop Excel on this machine; Excel on the web works:",
    );
    printStepsForTheWeb();
  }
}

function printStepsForTheWeb() {
  console.log(
    [
      "1. 打开 https://excel.cloud.microsoft，新建工作簿。 Open it and start a workbook.",
      "2. 开始 > 加载项 > 更多加载项 > 我的加载项 > 上传我的加载项",
      `   Home > Add-ins > More Add-ins > My Add-ins > Upload My Add-in: ${manifest}`,
    ].join("\n"),
  );
}
