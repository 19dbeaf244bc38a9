// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.eventbridge;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.service.CallContext;
import dev.syncline.sim.service.Input;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.service.Output;
import dev.syncline.sim.service.Pages;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The operations on connections. CreateConnection and UpdateConnection answer with an authorized
 * connection; in AWS it is AUTHORIZING first. Thread-safe.
 */
record ConnectionOperations(
    SimClock clock, Ids ids, ConnectionStore connections, ConnectionSecrets secrets) {
  private static final int MAX_LISTED = 100;

  List<Operation> operations() {
    return List.of(
        Operation.of(
            "CreateConnection: Name, Description, AuthorizationType, AuthParameters", this::create),
        Operation.of("DescribeConnection: Name", this::describe),
        Operation.of(
            "UpdateConnection: Name, Description, AuthorizationType, AuthParameters", this::update),
        Operation.of("DeauthorizeConnection: Name", this::deauthorize),
        Operation.of("DeleteConnection: Name", this::delete),
        Operation.of("ListConnections: NamePrefix, ConnectionState, NextToken, Limit", this::list));
  }

  private Output create(Input input, CallContext context) {
    String name = ConnectionConstraints.name(input.requiredText("Name"));
    String type = AuthParameters.type(input.requiredText("AuthorizationType"));
    Input parameters =
        input
            .structure("AuthParameters")
            .orElseThrow(() -> EventBridgeErrors.missing("authParameters"));
    ConnectionAuthorization authorization = AuthParameters.authorization(type, parameters, null);
    InvocationParameters invocation =
        AuthParameters.invocation(parameters, InvocationParameters.NONE);
    Instant now = clock.now();
    var creating =
        new Connection(
            name,
            context.arn("events", "connection/" + name + "/" + ids.uuid()),
            description(input),
            Connection.State.CREATING,
            type,
            authorization,
            invocation,
            null,
            now,
            now,
            null);
    connections.add(creating);
    try {
      String secret = secrets.create(name, authorization, invocation, context);
      Connection created = creating.authorized(secret, now);
      connections.replace(creating, created);
      ObjectNode answer = ConnectionJson.changed(created);
      // The other answers have this member.
      answer.remove("LastAuthorizedTime");
      return Output.of(answer);
    } catch (AwsException refused) {
      connections.remove(creating);
      throw refused;
    }
  }

  private Output describe(Input input, CallContext context) {
    return Output.of(ConnectionJson.described(connections.get(input.requiredText("Name"))));
  }

  private Output update(Input input, CallContext context) {
    Connection before = connections.getSettled(input.requiredText("Name"));
    String type =
        input
            .text("AuthorizationType")
            .map(AuthParameters::type)
            .orElse(before.authorizationType());
    Input parameters =
        input
            .structure("AuthParameters")
            .orElseGet(() -> new Input(JsonNodeFactory.instance.objectNode()));
    ConnectionAuthorization authorization =
        AuthParameters.authorization(type, parameters, before.authorization());
    InvocationParameters invocation = AuthParameters.invocation(parameters, before.parameters());
    String description = input.has("Description") ? description(input) : before.description();
    var updating =
        new Connection(
            before.name(),
            before.arn(),
            description,
            Connection.State.UPDATING,
            type,
            authorization,
            invocation,
            before.secretArn(),
            before.created(),
            clock.now(),
            before.lastAuthorized());
    return change(
        before,
        updating,
        changing -> {
          String secret = before.secretArn();
          if (secret == null) {
            secret = secrets.create(before.name(), authorization, invocation, context);
          } else {
            secrets.update(secret, authorization, invocation, context);
          }
          return changing.authorized(secret, clock.now());
        });
  }

  private Output deauthorize(Input input, CallContext context) {
    Connection before = connections.getSettled(input.requiredText("Name"));
    return change(
        before,
        before.in(Connection.State.DEAUTHORIZING, clock.now()),
        changing -> {
          if (before.secretArn() != null) {
            secrets.delete(before.secretArn(), context);
          }
          return changing.deauthorized(clock.now());
        });
  }

  private Output delete(Input input, CallContext context) {
    Connection before = connections.getSettled(input.requiredText("Name"));
    return change(
        before,
        before.in(Connection.State.DELETING, clock.now()),
        changing -> {
          if (before.secretArn() != null) {
            secrets.delete(before.secretArn(), context);
          }
          return null;
        });
  }

  /**
   * Sets a transitional state while the secret is changed; restores the connection when that fails.
   *
   * @param work returns the changed connection; null when it is deleted
   */
  private Output change(
      Connection before, Connection transitional, Function<Connection, @Nullable Connection> work) {
    connections.replace(before, transitional);
    try {
      Connection after = work.apply(transitional);
      if (after == null) {
        connections.remove(transitional);
        return Output.of(ConnectionJson.changed(transitional));
      }
      connections.replace(transitional, after);
      return Output.of(ConnectionJson.changed(after));
    } catch (AwsException refused) {
      connections.replace(transitional, before);
      throw refused;
    }
  }

  private Output list(Input input, CallContext context) {
    String prefix = input.text("NamePrefix").orElse("");
    String state = input.text("ConnectionState").orElse("");
    int limit = input.integer("Limit").orElse(MAX_LISTED);
    if (limit < 1 || limit > MAX_LISTED) {
      throw EventBridgeErrors.violated(
          "limit",
          Integer.toString(limit),
          limit < 1
              ? "Member must have value greater than or equal to 1"
              : "Member must have value less than or equal to " + MAX_LISTED);
    }
    List<Connection> found =
        connections.all().stream()
            .filter(connection -> connection.name().startsWith(prefix))
            .filter(connection -> state.isEmpty() || connection.state().name().equals(state))
            .toList();
    Pages.Page<Connection> page =
        Pages.page(found, limit, input.text("NextToken"), EventBridgeErrors.VALIDATION);
    return Output.of(
        page.addTo(
            JsonNodeFactory.instance.objectNode(),
            "Connections",
            ConnectionJson::summary,
            "NextToken"));
  }

  private static @Nullable String description(Input input) {
    return input.text("Description").map(ConnectionConstraints::description).orElse(null);
  }
}
