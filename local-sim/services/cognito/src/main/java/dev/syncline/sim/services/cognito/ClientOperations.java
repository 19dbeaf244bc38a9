// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cognito;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.CallContext;
import dev.syncline.sim.service.Input;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.service.Output;
import dev.syncline.sim.service.Pages;
import dev.syncline.sim.services.cognito.pool.AppClient;
import dev.syncline.sim.services.cognito.pool.CognitoErrors;
import dev.syncline.sim.services.cognito.pool.PoolItems;
import dev.syncline.sim.services.cognito.pool.UserPool;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The operations on app clients and their secrets. Thread-safe. */
record ClientOperations(CognitoParts parts) {
  private static final int MAX_CLIENTS = 1000;
  private static final int MAX_SECRETS = 2;
  private static final String SECRET_ID = "ClientSecretId";
  private static final String SECRET_VALUE = "ClientSecretValue";

  List<Operation> operations() {
    return List.of(
        Operation.of(
            "CreateUserPoolClient: UserPoolId, ClientName, GenerateSecret, ClientSecret, "
                + ClientSettings.MEMBERS,
            this::create),
        Operation.of("DescribeUserPoolClient: UserPoolId, ClientId", this::describe),
        Operation.of(
            "UpdateUserPoolClient: UserPoolId, ClientId, ClientName, " + ClientSettings.MEMBERS,
            this::update),
        Operation.of("DeleteUserPoolClient: UserPoolId, ClientId", this::delete),
        Operation.of("ListUserPoolClients: UserPoolId, MaxResults, NextToken", this::list),
        Operation.of("AddUserPoolClientSecret: UserPoolId, ClientId, ClientSecret", this::add),
        Operation.of("ListUserPoolClientSecrets: UserPoolId, ClientId, NextToken", this::secrets),
        Operation.of(
            "DeleteUserPoolClientSecret: UserPoolId, ClientId, ClientSecretId", this::remove));
  }

  private Output create(Input input, CallContext context) {
    UserPool pool = pool(input);
    boolean generated = input.bool("GenerateSecret", false);
    if (generated && input.has("ClientSecret")) {
      throw CognitoErrors.invalidParameter(
          "ClientSecret can not be provided when GenerateSecret is true.");
    }
    if (parts.store().clients(pool.id()).size() >= MAX_CLIENTS) {
      throw CognitoErrors.limitExceeded("User pool has too many clients, the limit is 1000.");
    }
    boolean secret = generated || input.has("ClientSecret");
    ObjectNode settings = ClientSettings.of(input, pool, parts.items(), secret);
    Instant now = parts.clock().now();
    var client =
        new AppClient(
            parts.names().clientId(),
            pool.id(),
            input.requiredText("ClientName"),
            List.of(),
            now,
            now,
            settings);
    if (secret) {
      client = withSecret(client, input, now);
    }
    parts.store().put(client);
    return Output.of(Json.object().set("UserPoolClient", shown(client)));
  }

  /** Adds a secret, given or new, and keeps when it was made. */
  private AppClient withSecret(AppClient client, Input input, Instant now) {
    String secret = input.text("ClientSecret").orElseGet(() -> parts.names().clientSecret());
    String id = client.id() + "--" + now.toEpochMilli();
    ObjectNode descriptor = Json.object().put(SECRET_ID, id).put(SECRET_VALUE, secret);
    descriptor.put("ClientId", client.id());
    descriptor.set("ClientSecretCreateDate", Json.epochSeconds(now));
    parts.items().put(client.poolId(), PoolItems.Kind.SECRET, id, descriptor);
    var secrets = new ArrayList<>(client.secrets());
    secrets.add(secret);
    return client.withSecrets(secrets, now);
  }

  private static ObjectNode shown(AppClient client) {
    ObjectNode json =
        Json.object()
            .put("UserPoolId", client.poolId())
            .put("ClientName", client.name())
            .put("ClientId", client.id());
    client.secrets().stream().findFirst().ifPresent(secret -> json.put("ClientSecret", secret));
    json.set("LastModifiedDate", Json.epochSeconds(client.modified()));
    json.set("CreationDate", Json.epochSeconds(client.created()));
    json.setAll(client.settings());
    return json;
  }

  private Output describe(Input input, CallContext context) {
    return Output.of(Json.object().set("UserPoolClient", shown(client(input))));
  }

  private Output update(Input input, CallContext context) {
    UserPool pool = pool(input);
    AppClient before = client(input);
    var client =
        new AppClient(
            before.id(),
            before.poolId(),
            input.text("ClientName").orElse(before.name()),
            before.secrets(),
            before.created(),
            parts.clock().now(),
            ClientSettings.of(input, pool, parts.items(), !before.secrets().isEmpty()));
    parts.store().put(client);
    return Output.of(Json.object().set("UserPoolClient", shown(client)));
  }

  private Output delete(Input input, CallContext context) {
    AppClient client = client(input);
    parts.store().removeClient(client);
    parts.items().remove(client.poolId(), PoolItems.Kind.UI, client.id());
    for (ObjectNode secret : descriptors(client)) {
      parts.items().remove(client.poolId(), PoolItems.Kind.SECRET, secret.path(SECRET_ID).asText());
    }
    return Output.empty();
  }

  private Output list(Input input, CallContext context) {
    Pages.Page<AppClient> page =
        CognitoPages.of(input, parts.store().clients(pool(input).id()), "MaxResults", "NextToken");
    return Output.of(
        page.addTo(
            Json.object(),
            "UserPoolClients",
            client ->
                Json.object()
                    .put("ClientId", client.id())
                    .put("UserPoolId", client.poolId())
                    .put("ClientName", client.name()),
            "NextToken"));
  }

  private Output add(Input input, CallContext context) {
    AppClient client = client(input);
    if (client.secrets().isEmpty()) {
      throw CognitoErrors.invalidParameter(
          "User pool client is a public client and cannot have a client secret.");
    }
    if (client.secrets().size() >= MAX_SECRETS) {
      throw CognitoErrors.limitExceeded("Maximum number of client secrets reached.");
    }
    AppClient changed = withSecret(client, input, parts.clock().now());
    parts.store().put(changed);
    ObjectNode descriptor = descriptors(changed).getLast().deepCopy();
    descriptor.remove("ClientId");
    if (input.has("ClientSecret")) {
      descriptor.remove(SECRET_VALUE);
    }
    return Output.of(Json.object().set("ClientSecretDescriptor", descriptor));
  }

  private List<ObjectNode> descriptors(AppClient client) {
    return parts.items().list(client.poolId(), PoolItems.Kind.SECRET).stream()
        .filter(secret -> secret.path("ClientId").asText().equals(client.id()))
        .toList();
  }

  private Output secrets(Input input, CallContext context) {
    ObjectNode answer = Json.object();
    var list = answer.putArray("ClientSecrets");
    for (ObjectNode secret : descriptors(client(input))) {
      ObjectNode shown = secret.deepCopy();
      shown.remove("ClientId");
      shown.remove(SECRET_VALUE);
      list.add(shown);
    }
    return Output.of(answer);
  }

  private Output remove(Input input, CallContext context) {
    AppClient client = client(input);
    String id = input.requiredText(SECRET_ID);
    ObjectNode descriptor =
        descriptors(client).stream()
            .filter(secret -> secret.path(SECRET_ID).asText().equals(id))
            .findFirst()
            .orElseThrow(() -> CognitoErrors.notFound("Client secret does not exist."));
    if (client.secrets().size() == 1) {
      throw CognitoErrors.invalidParameter("The last client secret cannot be deleted.");
    }
    var secrets = new ArrayList<>(client.secrets());
    secrets.remove(descriptor.path(SECRET_VALUE).asText());
    parts.items().remove(client.poolId(), PoolItems.Kind.SECRET, id);
    parts.store().put(client.withSecrets(secrets, parts.clock().now()));
    return Output.empty();
  }

  private UserPool pool(Input input) {
    return parts.store().pool(input.requiredText("UserPoolId"));
  }

  private AppClient client(Input input) {
    UserPool pool = pool(input);
    return parts
        .store()
        .findClient(input.requiredText("ClientId"))
        .filter(client -> client.poolId().equals(pool.id()))
        .orElseThrow(CognitoErrors::noClient);
  }
}
