// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.lambda;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.lambda.Invocation;
import dev.syncline.sim.lambda.InvocationResult;
import dev.syncline.sim.lambda.RuntimeErrors;
import dev.syncline.sim.service.CallContext;
import dev.syncline.sim.service.HttpBinding;
import dev.syncline.sim.service.Input;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.service.Output;
import dev.syncline.sim.service.http.BodyStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * InvokeWithResponseStream. The answer has the payload as events and an event at the end, with the
 * error of a function that failed.
 */
record StreamOperation(InvokeOperation invoke) {
  private static final int MAX_CHUNK = 64 * 1024;

  Operation operation() {
    return Operation.restBlob(
        "InvokeWithResponseStream",
        new HttpBinding(
            "POST",
            "/2021-11-15/functions/{FunctionName}/response-streaming-invocations",
            200,
            Map.of(),
            InvokeOperation.HEADERS),
        this::invoke,
        "Qualifier",
        "InvocationType",
        "LogType",
        "ClientContext",
        "TraceId",
        "Payload");
  }

  private Output invoke(Input input, CallContext context) {
    FunctionRef ref = FunctionRef.of(input);
    String type = input.text("InvocationType").orElse("RequestResponse");
    if (!type.equals("RequestResponse") && !type.equals("DryRun")) {
      throw LambdaErrors.violated(
          type, "invocationType", "Member must satisfy enum value set: [RequestResponse, DryRun]");
    }
    Invocation invocation =
        invoke.invocation(ref, input, context, type, RuntimeErrors.MAX_SYNCHRONOUS_PAYLOAD);
    if (type.equals("DryRun")) {
      return Output.raw(204, Map.of(), new byte[0]);
    }
    StreamedInvocation running = invoke.stream(ref, invocation);
    var headers = new LinkedHashMap<String, String>();
    headers.put("Content-Type", EventStream.CONTENT_TYPE);
    headers.put("X-Amz-Executed-Version", running.version());
    return Output.streamed(200, headers, out -> write(running, out, invocation.wantLogTail()));
  }

  private static void write(StreamedInvocation running, BodyStream.Parts out, boolean log)
      throws IOException {
    try (running) {
      boolean streamed = running.contentType() != null;
      InvocationResult result = running.writeTo(out, StreamOperation::chunks);
      ObjectNode end = Json.object();
      if (result.functionError() != null) {
        end.put("ErrorCode", result.functionError());
        end.put("ErrorDetails", new String(result.payload(), StandardCharsets.UTF_8));
      } else if (!streamed) {
        out.write(chunks(result.payload()));
      }
      if (log) {
        end.put(
            "LogResult",
            Base64.getEncoder().encodeToString(result.logTail().getBytes(StandardCharsets.UTF_8)));
      }
      out.write(EventStream.event("InvokeComplete", "application/json", Json.writeBytes(end)));
    }
  }

  /** A part of the payload as events. */
  private static byte[] chunks(byte[] payload) {
    var bytes = new ByteArrayOutputStream();
    for (int from = 0; from < payload.length; from += MAX_CHUNK) {
      bytes.writeBytes(
          EventStream.event(
              "PayloadChunk",
              "application/octet-stream",
              Arrays.copyOfRange(payload, from, Math.min(from + MAX_CHUNK, payload.length))));
    }
    return bytes.toByteArray();
  }
}
