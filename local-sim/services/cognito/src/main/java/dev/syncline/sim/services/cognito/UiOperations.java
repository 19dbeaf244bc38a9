// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cognito;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.CallContext;
import dev.syncline.sim.service.Input;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.service.Output;
import dev.syncline.sim.services.cognito.pool.AppClient;
import dev.syncline.sim.services.cognito.pool.CognitoErrors;
import dev.syncline.sim.services.cognito.pool.PoolItems;
import dev.syncline.sim.services.cognito.pool.UserPool;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The looks of the classic login page, which are kept and not shown. Thread-safe. */
record UiOperations(CognitoParts parts) {
  private static final String ALL = "ALL";
  private static final String ANSWER = "UICustomization";
  private static final PoolItems.Kind KIND = PoolItems.Kind.UI;
  private static final DateTimeFormatter VERSION =
      DateTimeFormatter.ofPattern("yyyyMMddHHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);

  List<Operation> operations() {
    return List.of(
        Operation.of("GetUICustomization: UserPoolId, ClientId", this::get),
        Operation.of("SetUICustomization: UserPoolId, ClientId, CSS, ImageFile", this::set));
  }

  private UserPool pool(Input input) {
    return parts.store().pool(input.requiredText("UserPoolId"));
  }

  private String clientId(Input input, UserPool pool) {
    String id = input.text("ClientId").orElse(ALL);
    if (!id.equals(ALL)) {
      Optional<AppClient> client =
          parts.store().findClient(id).filter(known -> known.poolId().equals(pool.id()));
      if (client.isEmpty()) {
        throw CognitoErrors.noClient();
      }
    }
    return id;
  }

  private Output get(Input input, CallContext context) {
    UserPool pool = pool(input);
    String id = clientId(input, pool);
    ObjectNode found =
        parts
            .items()
            .find(pool.id(), KIND, id)
            .or(() -> parts.items().find(pool.id(), KIND, ALL))
            .orElseGet(Json::object);
    return Output.of(Json.object().set(ANSWER, found));
  }

  private Output set(Input input, CallContext context) {
    UserPool pool = pool(input);
    String id = clientId(input, pool);
    if (parts.items().list(pool.id(), PoolItems.Kind.DOMAIN).isEmpty()) {
      throw CognitoErrors.invalidParameter(
          "There has to be an existing domain associated with this user pool");
    }
    Optional<ObjectNode> before = parts.items().find(pool.id(), KIND, id);
    var now = parts.clock().now();
    ObjectNode customization = Json.object().put("UserPoolId", pool.id()).put("ClientId", id);
    String css = input.text("CSS").orElse("");
    if (input.has("ImageFile")) {
      customization.put(
          "ImageUrl",
          "https://" + parts.names().distribution() + ".cloudfront.net/" + id + "/image.jpg");
    }
    if (!css.isEmpty()) {
      customization.put("CSS", css).put("CSSVersion", VERSION.format(now));
    }
    customization.set("LastModifiedDate", Json.epochSeconds(now));
    customization.set(
        "CreationDate",
        before.map(known -> known.get("CreationDate")).orElseGet(() -> Json.epochSeconds(now)));
    parts.items().put(pool.id(), KIND, id, customization);
    return Output.of(Json.object().set(ANSWER, customization));
  }
}
