// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.simulator.Simulator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What {@code up} prints when everything is deployed.
 *
 * @param stack what was deployed; null if nothing was
 * @param shipped whether it is the shipped template, whose requests are known
 */
record ReadyReport(Instance instance, @Nullable DeployedStack stack, boolean shipped) {
  private static final List<String> METHODS = List.of("POST", "PUT", "ANY", "GET");

  /** Prints it. */
  void print(Reporter reporter) {
    reporter.result("ready", fields(), text());
  }

  private ObjectNode fields() {
    Simulator simulator = instance.simulator();
    ObjectNode fields =
        CliJson.object()
            .put("endpoint", simulator.endpoint().toString())
            .put("tlsPort", simulator.tlsPort())
            .put("secondTlsPort", simulator.secondTlsPort())
            .put("caFile", simulator.caFile().map(Object::toString).orElse(null))
            .put("workDirectory", simulator.config().directories().work().toString());
    if (simulator.config().directories().data() != null) {
      fields.put("dataDirectory", simulator.config().directories().data().toString());
    }
    if (stack != null) {
      ObjectNode local = fields.putObject("localUrls");
      var urls = new LocalUrls(simulator.endpoint());
      stack
          .outputs()
          .forEach((name, value) -> urls.of(value).ifPresent(url -> local.put(name, url)));
    }
    fields.setAll(instance.surface().toJson());
    return fields;
  }

  private String text() {
    Simulator simulator = instance.simulator();
    DeployedApis surface = instance.surface();
    var text = new StringBuilder("\nReady.\n");
    line(text, "AWS endpoint", simulator.endpoint().toString());
    if (simulator.tlsPort() > 0) {
      line(text, "the same over TLS", "https://127.0.0.1:" + simulator.tlsPort());
    }
    if (simulator.secondTlsPort() > 0) {
      line(text, "and", "https://127.0.0.1:" + simulator.secondTlsPort());
    }
    simulator
        .caFile()
        .ifPresent(file -> line(text, "its CA", file + " (syncline ca shows how to trust it)"));
    line(
        text,
        "region, account",
        simulator.config().run().region() + ", " + simulator.config().run().account());
    for (DeployedApis.EventsApi api : surface.eventsApis()) {
      line(text, "AppSync Events", api.name() + ": " + api.httpHost());
      line(text, "", api.realtimeHost());
    }
    for (DeployedApis.HttpApi api : surface.httpApis()) {
      for (DeployedApis.Route route : api.routes()) {
        line(text, "HTTP API", route.method() + " " + api.url() + route.path());
      }
    }
    line(text, "work directory", simulator.config().directories().work().toString());
    if (simulator.config().directories().data() != null) {
      line(text, "data directory", simulator.config().directories().data().toString());
    }
    line(text, "shell settings", "eval \"$(./syncline env" + portOption() + ")\"");
    line(text, "logs", "./syncline logs" + portOption());
    outputs(text);
    tryIt(surface).ifPresent(curl -> text.append("\nTry it:\n  ").append(curl).append('\n'));
    text.append("\nCtrl-C stops it.");
    return text.toString();
  }

  /** The stack's outputs; one that names a host of AWS is followed by its local URL. */
  private void outputs(StringBuilder text) {
    if (stack == null || stack.outputs().isEmpty()) {
      return;
    }
    var urls = new LocalUrls(instance.simulator().endpoint());
    text.append("\nOutputs of stack ").append(stack.name()).append(":\n");
    stack
        .outputs()
        .forEach(
            (name, value) -> {
              line(text, name, value);
              urls.of(value).ifPresent(url -> line(text, "", "here: " + url));
            });
  }

  /** A request to the first route: that of the sample for the shipped template. */
  private Optional<String> tryIt(DeployedApis surface) {
    for (String method : METHODS) {
      for (DeployedApis.HttpApi api : surface.httpApis()) {
        for (DeployedApis.Route route : api.routes()) {
          if (route.method().equals(method)) {
            return Optional.of(curl(method, api.url() + route.path()));
          }
        }
      }
    }
    return Optional.empty();
  }

  private String curl(String method, String url) {
    if (method.equals("GET")) {
      return "curl -sS '" + url + "'";
    }
    String body = shipped ? DemoRequest.body("Ada", "Lovelace") : "{}";
    return "curl -sS -X "
        + (method.equals("ANY") ? "POST" : method)
        + " '"
        + url
        + "' -H 'Content-Type: application/json' -d '"
        + body
        + "'";
  }

  private String portOption() {
    int port = instance.simulator().port();
    return port == ConnectOptions.DEFAULT_PORT ? "" : " --port " + port;
  }

  private static void line(StringBuilder text, String name, String value) {
    text.append(String.format("  %-18s %s%n", name, value));
  }
}
