// Files that the browser reads from the disk, as it does its user's. Handing ten megabytes from process
// to process takes longer than what is tested with them.
import { afterAll } from "@jest/globals";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";

/** For the block of tests it is called in: writes files to a folder of the block, and says where they are. */
export function filesOnDisk(): (name: string, content: string | Uint8Array) => string {
  let folder: string | undefined;
  afterAll(() => {
    if (folder) rmSync(folder, { recursive: true, force: true });
  });
  return (name, content) => {
    folder ??= mkdtempSync(path.join(os.tmpdir(), "files-"));
    const place = path.join(folder, name);
    writeFileSync(place, content);
    return place;
  };
}
