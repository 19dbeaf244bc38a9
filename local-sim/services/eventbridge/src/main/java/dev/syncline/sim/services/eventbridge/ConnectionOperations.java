// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.eventbridge;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.service.CallContext;
import dev.syncline.sim.service.Input;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.service.Output;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The operations on connections. A connection is authorized when the answer to CreateConnection or
 * UpdateConnection comes, where AWS passes through AUTHORIZING first. Thread-safe.
 */
final class ConnectionOperations {
  private static final int MOST_LISTED = 100;

  private final SimClock clock;
  private final Ids ids;
  private final ConnectionStore connections;
  private final ConnectionSecrets secrets;

  ConnectionOperations(
      SimClock clock, Ids ids, ConnectionStore connections, ConnectionSecrets secrets) {
    this.clock = clock;
    this.ids = ids;
    this.connections = connections;
    this.secrets = secrets;
  }

  List<Operation> operations() {
    return List.of(
        Operation.of(
            "CreateConnection",
            this::create,
            "Name",
            "Description",
            "AuthorizationType",
            "AuthParameters"),
        Operation.of("DescribeConnection", this::describe, "Name"),
        Operation.of(
            "UpdateConnection",
            this::update,
            "Name",
            "Description",
            "AuthorizationType",
            "AuthParameters"),
        Operation.of("DeauthorizeConnection", this::deauthorize, "Name"),
        Operation.of("DeleteConnection", this::delete, "Name"),
        Operation.of(
            "ListConnections", this::list, "NamePrefix", "ConnectionState", "NextToken", "Limit"));
  }

  private Output create(Input input, CallContext context) {
    String name = Constraints.name(input.requiredText("Name"));
    String type = AuthParameters.type(input.requiredText("AuthorizationType"));
    Input parameters =
        input.structure("AuthParameters").orElseThrow(() -> Constraints.missing("authParameters"));
    Authorization authorization = AuthParameters.authorization(type, parameters, null);
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
      // The one of the four answers without it.
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
    Authorization authorization =
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
   * Holds the connection in a passing state while the secret is changed, and puts it back when that
   * is refused.
   *
   * @param work gives the connection as it is afterwards, null when it is gone
   */
  private Output change(
      Connection before, Connection passing, Function<Connection, @Nullable Connection> work) {
    connections.replace(before, passing);
    try {
      Connection after = work.apply(passing);
      if (after == null) {
        connections.remove(passing);
        return Output.of(ConnectionJson.changed(passing));
      }
      connections.replace(passing, after);
      return Output.of(ConnectionJson.changed(after));
    } catch (AwsException refused) {
      connections.replace(passing, before);
      throw refused;
    }
  }

  private Output list(Input input, CallContext context) {
    String prefix = input.text("NamePrefix").orElse("");
    String state = input.text("ConnectionState").orElse("");
    int limit = input.integer("Limit").orElse(MOST_LISTED);
    if (limit < 1 || limit > MOST_LISTED) {
      throw Constraints.violated(
          "limit",
          Integer.toString(limit),
          limit < 1
              ? "Member must have value greater than or equal to 1"
              : "Member must have value less than or equal to " + MOST_LISTED);
    }
    String after = input.text("NextToken").map(ConnectionOperations::nameOf).orElse("");
    List<Connection> found =
        connections.all().stream()
            .filter(connection -> connection.name().startsWith(prefix))
            .filter(connection -> state.isEmpty() || connection.state().name().equals(state))
            .filter(connection -> connection.name().compareTo(after) > 0)
            .toList();
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    ArrayNode items = json.putArray("Connections");
    found.stream().limit(limit).forEach(one -> items.add(ConnectionJson.summary(one)));
    if (found.size() > limit) {
      json.put("NextToken", tokenOf(found.get(limit - 1).name()));
    }
    return Output.of(json);
  }

  private static String tokenOf(String lastName) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(lastName.getBytes(StandardCharsets.UTF_8));
  }

  private static String nameOf(String token) {
    try {
      return new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException notOurs) {
      throw AwsException.badRequest(
          "ValidationException", "The NextToken is not one that ListConnections gave.");
    }
  }

  private static @Nullable String description(Input input) {
    return input.text("Description").map(Constraints::description).orElse(null);
  }
}
