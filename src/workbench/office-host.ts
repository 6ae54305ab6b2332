// The emulated host. The page server puts this script ahead of office.js in the otherwise unmodified
// taskpane.html. It answers what Microsoft's office.js and excel-win32-16.01.js ask of Excel for
// Windows: an application context on window.external, and a message bridge. What a message means is
// the page's business (see pane.ts and rich-api.ts); what is not emulated is absent, not invented.
import { XmlParts } from "./excel-xml-parts";
import { richApiHost } from "./rich-api";
import type {
  EmulatedHost,
  Invocation,
  InvocationResult,
  RichApiAction,
  RichApiRequest,
  RichApiResponse,
} from "./host-contract";

const page = window.parent.document.documentElement;
const language = page.lang === "en" ? "en-US" : "zh-CN";

// Colours travel as numbers; the client makes "#f5f5f5" of them.
const themes = {
  light: {
    bodyBackgroundColor: 0xf5f5f5,
    bodyForegroundColor: 0x242424,
    controlBackgroundColor: 0xffffff,
    controlForegroundColor: 0x242424,
  },
  dark: {
    bodyBackgroundColor: 0x262626,
    bodyForegroundColor: 0xf0f0f0,
    controlBackgroundColor: 0x333333,
    controlForegroundColor: 0xffffff,
  },
};

function officeTheme(): string {
  return JSON.stringify(page.dataset["theme"] === "dark" ? themes.dark : themes.light);
}

// The requirement sets that the emulated host stands for. ExcelApi is claimed as the pane may ask for
// it; members that are not emulated still fail with ApiNotFound.
const requirementSets = JSON.stringify({
  excelapi: "1.12",
  sharedruntime: "1.1",
  customfunctionsruntime: "1.3",
  customfunctions: "1.9",
  richapi: "1.1",
});

// Settings that the pane keeps in the document: as long as the page is open.
const savedSettings = new Map<string, string>();
const documentSettings = {
  Read(keys: string[], values: string[]) {
    keys.push(...savedSettings.keys());
    values.push(...savedSettings.values());
  },
  Write(keys: string[], values: string[]) {
    savedSettings.clear();
    for (const [index, key] of keys.entries()) savedSettings.set(key, values[index] ?? "");
  },
  Refresh() {},
};

const application = {
  GetAppType: () => 1,
  GetSolutionRef: () => "option-seller-margin",
  GetAppVersionMajor: () => 16,
  GetAppVersionMinor: () => 1,
  GetAppUILocale: () => language,
  GetAppDataLocale: () => language,
  GetDocUrl: () => "workbench.xlsx",
  GetAppCapabilities: () => 1,
  GetActivationMode: () => 1,
  GetControlIntegrationLevel: () => 1,
  GetSolutionToken: () => "",
  GetCorrelationId: () => "workbench",
  GetInstanceId: () => "workbench",
  GetTouchEnabled: () => false,
  GetCommerceAllowed: () => false,
  GetSupportedMatrix: () => requirementSets,
  GetHostCustomMessage: () => "",
  GetHostFullVersion: () => "16.0.0.0",
  GetDialogRequirementMatrix: () => "{}",
  GetFeaturesForSolution: () => "{}",
  GetInitialDisplayMode: () => 2,
  GetOfficeThemeInfo: officeTheme,
  GetSettings: () => documentSettings,
  GetOsfControl: (): unknown => application,
};

// The older half of the API (Office.context.document): of its events the host raises the change of
// selection; of its methods none is emulated, and each says so.
const status = { success: 0, notSupported: 5000 };
const selectionChanged = 2;
let onSelectionChanged: ((eventId: number, payload: unknown) => void) | undefined;

const olderApi = {
  Execute(_id: number, _parameters: unknown, done: (response: unknown) => void) {
    done({ toArray: () => [status.notSupported] });
  },
  RegisterEvent(
    id: number,
    _target: string,
    handler: (eventId: number, payload: unknown) => void,
    done: (code: number) => void,
  ) {
    if (id === selectionChanged) onSelectionChanged = handler;
    done(id === selectionChanged ? status.success : status.notSupported);
  },
  UnregisterEvent(id: number, _target: string, done: (code: number) => void) {
    if (id === selectionChanged) onSelectionChanged = undefined;
    done(status.success);
  },
};

Object.defineProperty(window, "external", {
  configurable: true,
  value: {
    ...olderApi,
    GetContext: () => application,
    GetHostInfo: () => `excel|win32|16.01|${language}|telemetry|||1`,
    GetLoggingAllowed: () => false,
  },
});

const messageType = { request: 1, response: 2, customFunctions: 3 };
const invocationMessage = { category: 1, type: 1000 };

const bridge = {
  // Microsoft's library sets this.
  onMessageFromHost: (text: string): void => {
    throw new Error(`nobody listens to the host yet: ${text}`);
  },
  sendMessageToHost(text: string): void {
    const message = JSON.parse(text) as {
      id: number;
      type: number;
      message: { body: string | RichApiRequest };
    };
    if (message.type !== messageType.request) return;
    const { body } = message.message;
    const request = typeof body === "string" ? (JSON.parse(body) as RichApiRequest) : body;
    void answer(request).then((response) => {
      const reply = { statusCode: 200, headers: {}, body: JSON.stringify(response) };
      setTimeout(() =>
        bridge.onMessageFromHost(
          JSON.stringify({ id: message.id, type: messageType.response, message: reply }),
        ),
      );
    });
  },
};

// Office is ready before the frame has loaded, and the pane asks at once: what the workbook keeps for
// it, for one. Like Excel, the page answers when it can. Without a page around there is no sheet: a
// workbook that keeps what it is given, and nothing else.
let takeRequests = (): void => {};
const requestsTaken =
  window.parent === window
    ? Promise.resolve()
    : new Promise<void>((resolve) => (takeRequests = resolve));

async function answer(request: RichApiRequest): Promise<RichApiResponse> {
  const isRuntime = request.Actions.some((action) => runtimeActions.test(action.Name));
  if (isRuntime) return { Results: request.Actions.map(answerRuntime) };
  await requestsTaken;
  return onRequest(request);
}

// The actions of the shared runtime itself, which never mix with the Excel API's.
const runtimeActions =
  /^(SetInvocation(Array)?Results|_SetOsfControlContainerReadyForCustomFunctions|_GetEnabledFeatures|NotifyActionHandlerReady)$/;

// The runtime announces itself by one or the other, depending on how office.js was started.
const readyActions = /^(_SetOsfControlContainerReadyForCustomFunctions|NotifyActionHandlerReady)$/;

// Excel's switch for results that leave 200 ms apart instead of 500 ms.
const enabledFeatures = [2];

function answerRuntime(action: RichApiAction): { ActionId: number; Value: unknown } {
  const value = action.Name === "_GetEnabledFeatures" ? enabledFeatures : null;
  if (readyActions.test(action.Name) && !host.ready) {
    host.ready = true;
    setTimeout(() => host.onReady());
  }
  if (action.Name.startsWith("SetInvocation")) {
    const rows = (action.ArgumentInfo?.Arguments?.[0] ?? []) as unknown[];
    host.onResults(rows.map(readResult));
  }
  return { ActionId: action.Id, Value: value };
}

/** The runtime sends [id, ok, value, errorCode if not ok, …], or the same by name when it is older. */
function readResult(row: unknown): InvocationResult {
  if (Array.isArray(row)) {
    const [id, ok, value, errorCode] = row as [number, boolean, unknown, unknown];
    return { id, ok, value, errorCode: !ok && typeof errorCode === "number" ? errorCode : 0 };
  }
  const named = row as { id: number; failed?: boolean; value: unknown; errorCode?: number };
  return { id: named.id, ok: !named.failed, value: named.value, errorCode: named.errorCode ?? 0 };
}

const keptAlone = new XmlParts();
let onRequest: EmulatedHost["onRequest"] = richApiHost({
  kind: "Workbook",
  children: { CustomXmlParts: () => keptAlone.object() },
});

const host: EmulatedHost = {
  ready: false,
  onReady() {},
  onResults() {},
  get onRequest() {
    return onRequest;
  },
  set onRequest(take) {
    onRequest = take;
    takeRequests();
  },
  selectionChanged(): void {
    onSelectionChanged?.(selectionChanged, []);
  },
  invoke(calls: Invocation[]): void {
    const entries = calls.map((call) => [
      invocationMessage.category,
      invocationMessage.type,
      "",
      JSON.stringify([call.id, call.functionId, call.args, call.address, call.flags, null]),
      call.id,
    ]);
    bridge.onMessageFromHost(
      JSON.stringify({ type: messageType.customFunctions, message: { entries } }),
    );
  },
};

window.emulatedHost = host;
Object.assign(window, { _richApiNativeBridge: bridge });
