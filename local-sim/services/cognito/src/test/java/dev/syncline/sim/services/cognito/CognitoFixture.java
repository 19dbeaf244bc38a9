// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cognito;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.kernel.ClockMode;
import dev.syncline.sim.kernel.FaultPlan;
import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.kernel.Journal;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.service.Contracts;
import dev.syncline.sim.service.Dispatcher;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.Output;
import dev.syncline.sim.service.ServiceContext;
import dev.syncline.sim.service.Settings;
import dev.syncline.sim.services.cognito.message.MessageSent;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/** The room alone, called as by a client. Not thread-safe. */
final class CognitoFixture implements AutoCloseable {
  static final String ACCOUNT = "111111111111";

  final SimClock clock =
      new SimClock(new ClockMode.Manual(), Instant.parse("2026-09-24T05:06:07.224Z"));
  final Journal journal = new Journal(clock);
  final FaultPlan faults;
  private final ServiceContext context;
  private final Dispatcher dispatcher;

  CognitoFixture() {
    var ids = new Ids(7);
    faults = new FaultPlan(journal, ids);
    dispatcher = new Dispatcher(clock, faults);
    context =
        new ServiceContext(
            clock,
            ids.split("cognito"),
            journal,
            faults,
            dispatcher,
            new Contracts(),
            Settings.NONE,
            ACCOUNT,
            "us-east-1",
            Path.of("."),
            () -> URI.create("http://127.0.0.1:4566"));
    dispatcher.register(new CognitoService(context));
  }

  /** The output of an operation; its input has single quotes. */
  Output output(String operation, String input, Object... parts) {
    try {
      var json = (ObjectNode) Json.MAPPER.readTree(input.formatted(parts).replace('\'', '"'));
      return dispatcher.call("cognito", operation, json, context.internalCall());
    } catch (java.io.IOException notJson) {
      throw new AssertionError(notJson);
    }
  }

  /** As {@link #output}, the structure. */
  JsonNode call(String operation, String input, Object... parts) {
    return output(operation, input, parts).json();
  }

  /** The code and text of the error that an operation answers. */
  String error(String operation, String input, Object... parts) {
    try {
      output(operation, input, parts);
    } catch (AwsException error) {
      return error.code() + ": " + error.text();
    }
    throw new AssertionError(operation + " was answered");
  }

  /** A new pool; its settings begin with a comma. */
  String pool(String settings) {
    return call("CreateUserPool", "{'PoolName': 'p'" + settings + "}").at("/UserPool/Id").asText();
  }

  /** The messages so far. */
  List<MessageSent> messages() {
    return journal.since(0).stream()
        .map(Journal.Entry::event)
        .filter(MessageSent.class::isInstance)
        .map(MessageSent.class::cast)
        .toList();
  }

  @Override
  public void close() {
    clock.close();
  }
}
