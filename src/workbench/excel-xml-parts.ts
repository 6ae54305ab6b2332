// Custom XML parts: what an add-in keeps in the workbook beside the cells. They last as long as the
// page is open, whatever becomes of the pane.
import { HostError, nullObject, type HostObject } from "./rich-api";

interface Part {
  readonly id: string;
  xml: string;
  namespace: string;
}

/** The namespace of the root element; what is not XML, Excel refuses. */
function namespaceOf(xml: unknown): string {
  const read = new DOMParser().parseFromString(String(xml), "application/xml");
  if (read.querySelector("parsererror")) throw new HostError("InvalidArgument", "not XML");
  return read.documentElement.namespaceURI ?? "";
}

export class XmlParts {
  private readonly parts: Part[] = [];
  private next = 1;

  /** The collection, of all parts or of those in one namespace. */
  object(namespace?: string): HostObject {
    const all = () =>
      this.parts.filter((part) => namespace === undefined || part.namespace === namespace);
    const find = (id: unknown) => all().find((part) => part.id === id);
    const get = (id: unknown) => {
      const part = find(id);
      if (!part) throw new HostError("ItemNotFound", `there is no part ${String(id)}`);
      return this.part(part);
    };
    const scoped = namespace !== undefined;
    return {
      kind: scoped ? "CustomXmlPartScopedCollection" : "CustomXmlPartCollection",
      item: get,
      items: () => all().map((part) => this.part(part)),
      methods: {
        GetCount: () => all().length,
        GetItem: ([id]) => get(id),
        GetItemOrNullObject: ([id]) => (find(id) ? get(id) : nullObject),
        ...(scoped
          ? {}
          : {
              Add: ([xml]) => this.part(this.add(String(xml))),
              GetByNamespace: ([uri]) => this.object(String(uri)),
            }),
      },
    };
  }

  private add(xml: string): Part {
    const part = { id: `{part-${this.next++}}`, xml, namespace: namespaceOf(xml) };
    this.parts.push(part);
    return part;
  }

  private part(part: Part): HostObject {
    return {
      kind: "CustomXmlPart",
      identity: { Id: part.id },
      values: { Id: () => part.id, NamespaceUri: () => part.namespace },
      methods: {
        GetXml: () => part.xml,
        SetXml: ([xml]) => {
          part.namespace = namespaceOf(xml);
          part.xml = String(xml);
        },
        Delete: () => void this.parts.splice(this.parts.indexOf(part), 1),
      },
    };
  }
}
