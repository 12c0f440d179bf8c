// Terraform's plugin protocol 5 on top of null_resource: one handler for each call that Terraform makes.
import { join } from "node:path";
import type { ServiceDefinition, UntypedServiceImplementation, handleUnaryCall } from "@grpc/grpc-js";
import { status } from "@grpc/grpc-js";
import { loadSync } from "@grpc/proto-loader";
import { decode, encode } from "@msgpack/msgpack";
import { type NullResource, apply, attributes, plan } from "./null-resource";

interface DynamicValue {
  msgpack?: Uint8Array;
  json?: Uint8Array;
}

const definitions = loadSync(join(__dirname, "tfplugin5.proto"), { keepCase: true });
export const service = definitions["tfplugin5.Provider"] as ServiceDefinition;

const nothing = unary(() => ({}));

export const handlers: UntypedServiceImplementation = {
  GetSchema: unary(() => ({
    provider: { block: {} },
    resource_schemas: { null_resource: { block: { attributes } } },
  })),
  PrepareProviderConfig: unary((request: { config: DynamicValue }) => ({ prepared_config: request.config })),
  Configure: nothing,
  ValidateResourceTypeConfig: nothing,
  UpgradeResourceState: unary((request: { raw_state: { json: Uint8Array } }) => ({
    upgraded_state: { json: request.raw_state.json },
  })),
  ReadResource: unary((request: { current_state: DynamicValue }) => ({ new_state: request.current_state })),
  PlanResourceChange: unary(planResourceChange),
  ApplyResourceChange: unary((request: { planned_state: DynamicValue }) => ({
    new_state: toWire(apply(fromWire(request.planned_state))),
  })),
  Stop: nothing,
};

function planResourceChange(request: { prior_state: DynamicValue; proposed_new_state: DynamicValue }) {
  const proposed = fromWire(request.proposed_new_state);
  if (proposed === null) throw new Error("Terraform plans a destroy without asking this provider.");
  const { planned, requiresReplace } = plan(fromWire(request.prior_state), proposed);
  return {
    planned_state: toWire(planned),
    requires_replace: requiresReplace.map((name) => ({ steps: [{ attribute_name: name }] })),
  };
}

function fromWire(value: DynamicValue): NullResource | null {
  return decode(value.msgpack!) as NullResource | null;
}

function toWire(value: NullResource | null): DynamicValue {
  return { msgpack: encode(value) };
}

// An exception in a handler would end the server, and with it every other terraform that runs on it.
function unary<Request, Response>(
  answer: (request: Request) => Response,
): handleUnaryCall<Request, Response> {
  return (call, callback) => {
    try {
      callback(null, answer(call.request));
    } catch (error) {
      callback({ code: status.INTERNAL, details: String(error) });
    }
  };
}
