// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.apigatewayv2.data;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.syncline.sim.service.contract.LogSink;
import dev.syncline.sim.service.http.HttpResponse;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Access logs in the format of the stage. Thread-safe. */
record HttpApiLogs(LogSink sink) {
  private static final Pattern REFERENCE =
      Pattern.compile("\\$context\\.([A-Za-z0-9_]+(?:\\.[A-Za-z0-9_]+)*)");

  void finished(HttpApiCall call, HttpResponse response, String reason, Instant now) {
    ServedStage stage = call.stage();
    if (stage.logGroup().isEmpty() || stage.logFormat().isEmpty()) {
      return;
    }
    var values = new LinkedHashMap<String, String>(call.context());
    values.put("status", Integer.toString(response.status()));
    values.put("responseLength", Integer.toString(response.body().length));
    values.put(
        "responseLatency", Long.toString(now.toEpochMilli() - call.started().toEpochMilli()));
    if (!reason.isEmpty()) {
      values.put("error.message", reason);
      values.put("error.messageString", TextNode.valueOf(reason).toString());
      values.put("integrationErrorMessage", reason);
    }
    sink.append(stage.logGroup(), call.api().id() + "-" + stage.name(), now, render(stage, values));
  }

  private static String render(ServedStage stage, Map<String, String> values) {
    return REFERENCE
        .matcher(stage.logFormat())
        .replaceAll(
            match -> {
              String value = values.getOrDefault(match.group(1), "");
              return Matcher.quoteReplacement(value.isEmpty() ? "-" : value);
            });
  }
}
