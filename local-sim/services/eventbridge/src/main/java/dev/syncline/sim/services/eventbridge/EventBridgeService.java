// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.eventbridge;

import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.kernel.Journal;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.service.AwsService;
import dev.syncline.sim.service.Dispatcher;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.service.Protocol;
import dev.syncline.sim.service.contract.ConnectionCredentials;
import dev.syncline.sim.service.resource.ResourceProvider;
import dev.syncline.sim.service.resource.ResourceType;
import dev.syncline.sim.service.state.ServiceState;
import dev.syncline.sim.services.eventbridge.resources.ConnectionResource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Amazon EventBridge: events on the default bus, and connections with their credentials for HTTP
 * Tasks. A connection with OAuth is authorized at once; its token is fetched by the first task that
 * needs it. Needs Secrets Manager at the dispatcher. Member names, constraints and error names: the
 * service's published model; behaviour: the EventBridge API reference. Thread-safe.
 */
public final class EventBridgeService
    implements AwsService, ResourceProvider, ConnectionCredentials.Source {
  private final String connectionPrefix;
  private final ConnectionStore connections = new ConnectionStore();
  private final List<Operation> operations;

  /**
   * The service, without connections.
   *
   * @param dispatcher the way to Secrets Manager, called only when a connection changes
   * @param account 12 digits
   */
  public EventBridgeService(
      SimClock clock,
      Ids ids,
      Journal journal,
      Dispatcher dispatcher,
      String account,
      String region) {
    this.connectionPrefix = "arn:aws:events:" + region + ":" + account + ":connection/";
    var all = new ArrayList<Operation>();
    all.addAll(
        new ConnectionOperations(clock, ids, connections, new ConnectionSecrets(dispatcher, ids))
            .operations());
    all.add(new EventOperations(ids, journal).operation());
    this.operations = List.copyOf(all);
  }

  @Override
  public String signingName() {
    return "events";
  }

  @Override
  public String title() {
    return "Amazon EventBridge";
  }

  @Override
  public Protocol protocol() {
    return new Protocol.AwsJson("AWSEvents", "1.1");
  }

  @Override
  public List<Operation> operations() {
    return operations;
  }

  @Override
  public ServiceState state() {
    return new ConnectionsState(connections);
  }

  /**
   * What the connection adds to a request.
   *
   * @throws AwsException {@code ResourceNotFoundException} when there is no such connection, {@code
   *     InvalidConnectionState} when it is not authorized
   */
  @Override
  public ConnectionCredentials of(String connectionArn) {
    if (!connectionArn.startsWith(connectionPrefix)) {
      throw AwsException.badRequest(
          "ResourceNotFoundException",
          "'" + connectionArn + "' is not the ARN of a connection of this account and region.");
    }
    Connection connection =
        connections
            .byArn(connectionArn)
            .orElseThrow(
                () ->
                    AwsException.badRequest(
                        "ResourceNotFoundException",
                        "Connection with ARN '" + connectionArn + "' does not exist."));
    Authorization authorization = connection.authorization();
    boolean usable =
        connection.state() == Connection.State.AUTHORIZED
            || connection.state() == Connection.State.UPDATING;
    if (!usable || authorization == null) {
      throw AwsException.badRequest(
          "InvalidConnectionState",
          "Connection with ARN '"
              + connectionArn
              + "' is not authorized: its state is "
              + connection.state()
              + ".");
    }
    var headers = new ArrayList<Map.Entry<String, String>>();
    ConnectionCredentials.OAuth token =
        switch (authorization) {
          case Authorization.ApiKey key -> {
            headers.add(key.header());
            yield null;
          }
          case Authorization.Basic basic -> {
            headers.add(basic.header());
            yield null;
          }
          case Authorization.OAuth oauth ->
              new ConnectionCredentials.OAuth(
                  connection.arn() + "@" + connection.lastAuthorized(),
                  oauth.endpoint(),
                  oauth.method(),
                  oauth.clientId(),
                  oauth.clientSecret(),
                  entries(oauth.parameters().headers()),
                  entries(oauth.parameters().query()),
                  entries(oauth.parameters().body()));
        };
    headers.addAll(entries(connection.parameters().headers()));
    var body = new LinkedHashMap<String, String>();
    for (InvocationParameters.Parameter parameter : connection.parameters().body()) {
      body.put(parameter.key(), parameter.value());
    }
    return new ConnectionCredentials(
        headers, entries(connection.parameters().query()), body, token);
  }

  private static List<Map.Entry<String, String>> entries(
      List<InvocationParameters.Parameter> parameters) {
    return parameters.stream()
        .map(parameter -> Map.entry(parameter.key(), parameter.value()))
        .toList();
  }

  @Override
  public List<ResourceType> resourceTypes() {
    return List.of(new ConnectionResource());
  }
}
