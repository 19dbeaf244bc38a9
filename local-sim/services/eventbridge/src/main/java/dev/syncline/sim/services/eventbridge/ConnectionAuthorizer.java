// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.eventbridge;

import dev.syncline.sim.kernel.Arn;
import dev.syncline.sim.service.contract.ConnectionCredentials;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Gives HTTP Tasks the credentials and parameters of connections. Thread-safe. */
final class ConnectionAuthorizer implements ConnectionCredentials.Source {
  private final ConnectionStore connections;
  private final String arnPrefix;

  ConnectionAuthorizer(ConnectionStore connections, String account, String region) {
    this.connections = connections;
    this.arnPrefix = Arn.aws("events", region, account, "connection/");
  }

  /**
   * The headers, parameters and token request that the connection adds to a request.
   *
   * @throws dev.syncline.sim.service.AwsException {@code ResourceNotFoundException} when there is
   *     no such connection, {@code InvalidConnectionState} when it is not authorized
   */
  @Override
  public ConnectionCredentials of(String connectionArn) {
    if (!connectionArn.startsWith(arnPrefix)) {
      throw EventBridgeErrors.foreignArn(connectionArn);
    }
    Connection connection =
        connections
            .byArn(connectionArn)
            .orElseThrow(() -> EventBridgeErrors.noSuchConnectionArn(connectionArn));
    ConnectionAuthorization authorization = connection.authorization();
    boolean usable =
        connection.state() == Connection.State.AUTHORIZED
            || connection.state() == Connection.State.UPDATING;
    if (!usable || authorization == null) {
      throw EventBridgeErrors.notAuthorized(connection);
    }
    var headers = new ArrayList<Map.Entry<String, String>>();
    ConnectionCredentials.OAuth token =
        switch (authorization) {
          case ConnectionAuthorization.ApiKey key -> {
            headers.add(key.header());
            yield null;
          }
          case ConnectionAuthorization.Basic basic -> {
            headers.add(basic.header());
            yield null;
          }
          case ConnectionAuthorization.OAuth oauth ->
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
}
