// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.aws.eventbridge;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.aws.service.AwsException;
import dev.syncline.sim.aws.service.AwsService;
import dev.syncline.sim.aws.service.CallContext;
import dev.syncline.sim.aws.service.Dispatcher;
import dev.syncline.sim.aws.service.Input;
import dev.syncline.sim.aws.service.Json;
import dev.syncline.sim.aws.service.Operation;
import dev.syncline.sim.aws.service.Output;
import dev.syncline.sim.aws.service.Pages;
import dev.syncline.sim.aws.service.Protocol;
import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.kernel.SimClock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Amazon EventBridge: connections, with the API key or basic credentials of an HTTPS target. Each
 * keeps them in a Secrets Manager secret of its own, as on AWS. Thread-safe.
 */
public final class EventBridgeService implements AwsService {
  private static final Pattern NAME = Pattern.compile("[.\\-_A-Za-z0-9]{1,64}");

  private static final class Connection {
    final String name;
    final String arn;
    final String secretName;
    final Instant created;
    String secretArn = "";
    String type;
    ConnectionCredentials credentials;
    String state = "AUTHORIZED";
    @Nullable String description;
    Instant modified;
    Instant authorized;

    Connection(
        String name,
        String arn,
        String secretName,
        String type,
        ConnectionCredentials credentials,
        Instant now) {
      this.name = name;
      this.arn = arn;
      this.secretName = secretName;
      this.type = type;
      this.credentials = credentials;
      this.created = now;
      this.modified = now;
      this.authorized = now;
    }
  }

  private final SimClock clock;
  private final Ids ids;
  private final String account;
  private final String region;
  private final Dispatcher dispatcher;
  private final Map<String, Connection> connections = new TreeMap<>();

  /**
   * The service for one account and region.
   *
   * @param dispatcher the way to Secrets Manager
   */
  public EventBridgeService(
      SimClock clock, Ids ids, String account, String region, Dispatcher dispatcher) {
    this.clock = clock;
    this.ids = ids;
    this.account = account;
    this.region = region;
    this.dispatcher = dispatcher;
  }

  /**
   * What a connection adds to the requests of Step Functions' HTTPS task.
   *
   * @throws AwsException {@code ResourceNotFoundException} when there is no such connection, {@code
   *     ValidationException} when it is deauthorized
   */
  public ConnectionCredentials credentials(String connectionArn) {
    synchronized (connections) {
      for (Connection connection : connections.values()) {
        if (connection.arn.equals(connectionArn)) {
          if (!connection.state.equals("AUTHORIZED")) {
            throw AwsException.badRequest(
                "ValidationException",
                "The connection " + connectionArn + " is " + connection.state + ".");
          }
          return connection.credentials;
        }
      }
    }
    throw notFound(connectionArn);
  }

  @Override
  public String signingName() {
    return "events";
  }

  @Override
  public String title() {
    return "Amazon EventBridge (connections)";
  }

  @Override
  public Protocol protocol() {
    return new Protocol.AwsJson("AWSEvents", "1.1");
  }

  @Override
  public List<Operation> operations() {
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
        Operation.of("DeleteConnection", this::delete, "Name"),
        Operation.of("DeauthorizeConnection", this::deauthorize, "Name"),
        Operation.of(
            "ListConnections", this::list, "NamePrefix", "ConnectionState", "NextToken", "Limit"));
  }

  private Output create(Input input, CallContext context) {
    String name = input.requiredText("Name");
    if (!NAME.matcher(name).matches()) {
      throw AwsException.badRequest(
          "ValidationException",
          "1 validation error detected: Value '"
              + name
              + "' at 'name' failed to satisfy constraint: Member must satisfy regular expression"
              + " pattern: [\\.\\-_A-Za-z0-9]+ and have at most 64 characters");
    }
    String type = input.requiredText("AuthorizationType");
    ConnectionCredentials credentials =
        AuthParameters.read(
            type,
            input.structure("AuthParameters").orElseGet(() -> new Input(Json.object())),
            null);
    synchronized (connections) {
      if (connections.containsKey(name)) {
        throw AwsException.badRequest(
            "ResourceAlreadyExistsException", "Connection " + name + " already exists.");
      }
      String path = "connection/" + name + "/" + ids.uuid();
      var connection =
          new Connection(
              name,
              "arn:aws:events:" + region + ":" + account + ":" + path,
              "events!connection/" + name + "/" + ids.uuid(),
              type,
              credentials,
              clock.now());
      connection.description = input.text("Description").orElse(null);
      createSecret(connection, context);
      connections.put(name, connection);
      return Output.of(state(connection, connection.state));
    }
  }

  private Output update(Input input, CallContext context) {
    synchronized (connections) {
      Connection connection = connection(input);
      String type = input.text("AuthorizationType").orElse(connection.type);
      if (input.has("AuthParameters") || !type.equals(connection.type)) {
        Input auth = input.structure("AuthParameters").orElseGet(() -> new Input(Json.object()));
        connection.credentials = AuthParameters.read(type, auth, connection.credentials);
        connection.type = type;
        connection.authorized = clock.now();
        if (connection.state.equals("AUTHORIZED")) {
          dispatcher.call(
              "secretsmanager",
              "PutSecretValue",
              Json.object()
                  .put("SecretId", connection.secretArn)
                  .put("SecretString", AuthParameters.secret(connection.credentials)),
              context);
        } else {
          createSecret(connection, context);
          connection.state = "AUTHORIZED";
        }
      }
      input.text("Description").ifPresent(text -> connection.description = text);
      connection.modified = clock.now();
      return Output.of(state(connection, connection.state));
    }
  }

  private Output describe(Input input, CallContext context) {
    synchronized (connections) {
      Connection connection = connection(input);
      ObjectNode json = state(connection, connection.state);
      json.put("Name", connection.name).put("AuthorizationType", connection.type);
      if (connection.description != null) {
        json.put("Description", connection.description);
      }
      if (!connection.secretArn.isEmpty()) {
        json.put("SecretArn", connection.secretArn);
      }
      json.set("AuthParameters", AuthParameters.described(connection.credentials));
      return Output.of(json);
    }
  }

  private Output delete(Input input, CallContext context) {
    synchronized (connections) {
      Connection connection = connection(input);
      deleteSecret(connection, context);
      connections.remove(connection.name);
      return Output.of(state(connection, "DELETING"));
    }
  }

  private Output deauthorize(Input input, CallContext context) {
    synchronized (connections) {
      Connection connection = connection(input);
      deleteSecret(connection, context);
      connection.state = "DEAUTHORIZED";
      connection.modified = clock.now();
      return Output.of(state(connection, "DEAUTHORIZING"));
    }
  }

  private Output list(Input input, CallContext context) {
    String prefix = input.text("NamePrefix").orElse("");
    String wanted = input.text("ConnectionState").orElse("");
    synchronized (connections) {
      List<Connection> found =
          connections.values().stream()
              .filter(each -> each.name.startsWith(prefix))
              .filter(each -> wanted.isEmpty() || each.state.equals(wanted))
              .toList();
      Pages.Page<Connection> page =
          Pages.page(
              found,
              input.integer("Limit").orElse(100),
              input.text("NextToken"),
              "ValidationException");
      ObjectNode answer = Json.object();
      ArrayNode list = answer.putArray("Connections");
      page.items()
          .forEach(
              each ->
                  list.add(
                      state(each, each.state)
                          .put("Name", each.name)
                          .put("AuthorizationType", each.type)));
      page.next().ifPresent(token -> answer.put("NextToken", token));
      return Output.of(answer);
    }
  }

  private void createSecret(Connection connection, CallContext context) {
    Output created =
        dispatcher.call(
            "secretsmanager",
            "CreateSecret",
            Json.object()
                .put("Name", connection.secretName)
                .put("SecretString", AuthParameters.secret(connection.credentials)),
            context);
    connection.secretArn = created.json().path("ARN").asText();
  }

  private void deleteSecret(Connection connection, CallContext context) {
    if (connection.secretArn.isEmpty()) {
      return;
    }
    try {
      dispatcher.call(
          "secretsmanager",
          "DeleteSecret",
          Json.object()
              .put("SecretId", connection.secretArn)
              .put("ForceDeleteWithoutRecovery", true),
          context);
    } catch (AwsException gone) {
      if (!gone.code().equals("ResourceNotFoundException")) {
        throw gone;
      }
    }
    connection.secretArn = "";
  }

  private Connection connection(Input input) {
    String name = input.requiredText("Name");
    Connection connection = connections.get(name);
    if (connection == null) {
      throw notFound(name);
    }
    return connection;
  }

  private static AwsException notFound(String name) {
    return AwsException.badRequest(
        "ResourceNotFoundException",
        "Connection '" + name + "' does not exist.");
  }

  private static ObjectNode state(Connection connection, String state) {
    ObjectNode json =
        Json.object().put("ConnectionArn", connection.arn).put("ConnectionState", state);
    json.set("CreationTime", Json.epochSeconds(connection.created));
    json.set("LastModifiedTime", Json.epochSeconds(connection.modified));
    json.set("LastAuthorizedTime", Json.epochSeconds(connection.authorized));
    return json;
  }
}
