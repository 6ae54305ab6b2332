// The host's half of Microsoft's RichApi protocol: a batch of actions on object paths in, results
// out. It knows the protocol and no object; the objects that Excel's model has here are in
// excel-objects.ts. A member that is not there fails with ApiNotFound.
import type {
  RichApiAction,
  RichApiArguments,
  RichApiPath,
  RichApiRequest,
  RichApiResponse,
} from "./host-contract";

/** One object of the host's model, its members under the names that travel ("Values", "GetCell"). */
export interface HostObject {
  /** For messages: "Range". */
  kind: string;
  /** What the client learns when the object is made: an id, a name. */
  identity?: Record<string, unknown>;
  /** Ranges are pinned: the client refers to one by id until it releases it. */
  isPinned?: boolean;
  isNull?: boolean;
  values?: Record<string, () => unknown>;
  setters?: Record<string, (value: unknown) => void>;
  children?: Record<string, () => HostObject>;
  /** Methods answer a value or another object. */
  methods?: Record<string, (args: unknown[]) => unknown>;
  /** A collection's indexer and its items. */
  item?: (key: unknown) => HostObject;
  items?: () => HostObject[];
}

export class HostError extends Error {
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

const path = { root: 1, method: 3, property: 4, indexer: 5, reference: 6, nullObject: 7 };
const action = { instantiate: 1, query: 2, method: 3, set: 4 };

export const nullObject: HostObject = { kind: "null object", isNull: true };

/** Answers batches for one client; keeps what the client has pinned. */
export function richApiHost(root: HostObject): (request: RichApiRequest) => RichApiResponse {
  const pinned = new Map<string, HostObject>();
  let nextPin = 1;

  function pin(object: HostObject): string {
    for (const [id, known] of pinned) if (known === object) return id;
    const id = `pin${nextPin++}`;
    pinned.set(id, object);
    return id;
  }

  function identity(object: HostObject): Record<string, unknown> {
    return { ...object.identity, ...(object.isPinned ? { _ReferenceId: pin(object) } : {}) };
  }

  return (request) => {
    const results: RichApiResponse["Results"] = [];
    // A path names one object throughout a batch, even when the sheet changes under it.
    const objects = new Map<number, HostObject>();

    function resolve(id: number): HostObject {
      const known = objects.get(id);
      if (known) return known;
      const info = request.ObjectPaths[id];
      if (!info) throw new HostError("InvalidObjectPath", `there is no object ${id} in the batch`);
      const object = follow(info);
      objects.set(id, object);
      return object;
    }

    /** Arguments as they are; where one is an object of the batch, that object. */
    function argumentsOf(info: RichApiArguments | undefined): unknown[] {
      const given = info?.Arguments ?? [];
      const referenced = info?.ReferencedObjectPathIds;
      if (!Array.isArray(referenced)) return given;
      return given.map((argument, index) => {
        const id: unknown = referenced[index];
        return typeof id === "number" && id > 0 ? resolve(id) : argument;
      });
    }

    function follow(info: RichApiPath): HostObject {
      if (info.ObjectPathType === path.root) return root;
      if (info.ObjectPathType === path.nullObject) return nullObject;
      if (info.ObjectPathType === path.reference) {
        const object = pinned.get(info.Name);
        if (!object) throw new HostError("InvalidReference", `${info.Name} was released`);
        return object;
      }
      if (info.ParentObjectPathId === undefined) throw notFound("Office", info.Name);
      const parent = resolve(info.ParentObjectPathId);
      const args = argumentsOf(info.ArgumentInfo);
      if (parent.isNull) return nullObject;
      if (info.ObjectPathType === path.indexer && parent.item) return parent.item(args[0]);
      if (info.ObjectPathType === path.property) {
        return member(parent, "children", info.Name)();
      }
      if (info.ObjectPathType === path.method) {
        return member(parent, "methods", info.Name)(args) as HostObject;
      }
      throw notFound(parent.kind, info.Name);
    }

    function perform({ ActionType, Name, ArgumentInfo, QueryInfo }: RichApiAction, on: HostObject) {
      const args = argumentsOf(ArgumentInfo);
      // The client takes null for "isNullObject".
      if (on.isNull) return null;
      if (ActionType === action.instantiate) return identity(on);
      if (ActionType === action.query) return query(on, QueryInfo?.Select ?? [], identity);
      if (ActionType === action.set) return member(on, "setters", Name)(args[0]);
      if (ActionType !== action.method) throw notFound(on.kind, `action ${ActionType}`);
      // A pinned object stays; letting go of it is all the client may ask for.
      if (Name === "_KeepReference") return null;
      return member(on, "methods", Name)(args);
    }

    for (const [index, requested] of request.Actions.entries()) {
      try {
        const value = perform(requested, resolve(requested.ObjectPathId)) ?? null;
        results.push({ ActionId: requested.Id, Value: value });
      } catch (error) {
        const code = error instanceof HostError ? error.code : "GeneralException";
        const message = error instanceof Error ? error.message : String(error);
        return { Results: results, Error: { Code: code, Message: message, ActionIndex: index } };
      }
    }
    return { Results: results };
  };
}

function notFound(kind: string, name: string): HostError {
  return new HostError("ApiNotFound", `the workbench does not emulate ${kind}.${name}`);
}

function member<K extends "values" | "setters" | "children" | "methods">(
  object: HostObject,
  group: K,
  name: string,
): NonNullable<HostObject[K]>[string] {
  const members = object[group] as NonNullable<HostObject[K]> | undefined;
  const found = members && Object.hasOwn(members, name) ? members[name] : undefined;
  if (!found) throw notFound(object.kind, name);
  return found as NonNullable<HostObject[K]>[string];
}

type Identity = (object: HostObject) => Record<string, unknown>;

/** Properties by name ("values"), of a child ("worksheet/name") or of a collection's items. */
function query(object: HostObject, select: string[], identity: Identity): Record<string, unknown> {
  if (object.items) {
    const wanted = select
      .map((name) => name.replace(/^items\/?/, ""))
      .filter((name) => name !== "");
    return { _Items: object.items().map((item) => query(item, wanted, identity)) };
  }
  const result = identity(object);
  const ofChildren = new Map<string, string[]>();
  for (const name of select) {
    const [first = "", ...rest] = name.split("/");
    const key = `${first.charAt(0).toUpperCase()}${first.slice(1)}`;
    if (rest.length > 0) ofChildren.set(key, [...(ofChildren.get(key) ?? []), rest.join("/")]);
    else result[key] = member(object, "values", key)();
  }
  for (const [name, wanted] of ofChildren) {
    result[name] = query(member(object, "children", name)(), wanted, identity);
  }
  return result;
}
