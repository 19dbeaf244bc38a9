// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cognito.auth;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.CallContext;
import dev.syncline.sim.service.Input;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.service.Output;
import dev.syncline.sim.services.cognito.auth.flow.AuthTools;
import dev.syncline.sim.services.cognito.auth.state.AuthCodes.Purpose;
import dev.syncline.sim.services.cognito.auth.state.AuthCodes.SentCode;
import dev.syncline.sim.services.cognito.auth.state.AuthLimits.Limited;
import dev.syncline.sim.services.cognito.pool.CognitoErrors;
import dev.syncline.sim.services.cognito.pool.PoolAttributes;
import dev.syncline.sim.services.cognito.pool.PoolNames;
import dev.syncline.sim.services.cognito.pool.PoolUser;
import dev.syncline.sim.services.cognito.pool.TokenService.Bearer;
import dev.syncline.sim.services.cognito.pool.UserPool;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What users do with their attributes. Thread-safe. */
record OwnAttributeOperations(AuthTools tools, CodeDelivery codes) {
  private static final List<String> ADDRESSES = List.of("email", "phone_number");

  List<Operation> operations() {
    return List.of(
        Operation.of(
            "UpdateUserAttributes: UserAttributes, AccessToken, ClientMetadata", this::update),
        Operation.of("DeleteUserAttributes: UserAttributeNames, AccessToken", this::delete),
        Operation.of(
            "GetUserAttributeVerificationCode: AccessToken, AttributeName, ClientMetadata",
            this::sendCode),
        Operation.of("VerifyUserAttribute: AccessToken, AttributeName, Code", this::verify));
  }

  private Output update(Input input, CallContext context) {
    Bearer bearer = AuthInputs.bearer(tools.tokens(), input);
    UserPool pool = bearer.pool();
    PoolUser user = bearer.user();
    Map<String, String> changes = PoolAttributes.read(input, "UserAttributes");
    PoolAttributes.requireUpdatable(pool, changes);
    PoolAttributes.requireWritable(bearer.client(), changes.keySet());
    PoolNames.requireNoAddress(pool, changes.getOrDefault("preferred_username", ""));
    var later = new LinkedHashMap<String, String>();
    var now = new LinkedHashMap<>(changes);
    var coded = new ArrayList<String>();
    for (String address : ADDRESSES) {
      String value = changes.getOrDefault(address, "");
      if (!changes.containsKey(address) || value.equals(user.attributes().get(address))) {
        continue;
      }
      if (!value.isEmpty() && verifiesFirst(pool, address)) {
        later.put(address, value);
        now.remove(address);
      } else {
        now.put(address + "_verified", value.isEmpty() ? "" : "false");
      }
      if (!value.isEmpty() && pool.autoVerifiedAttributes().contains(address)) {
        coded.add(address);
      }
    }
    PoolUser changed = store(pool, user, now, later);
    ArrayNode details = Json.array();
    for (String address : coded) {
      details.add(
          codes.sendAttributeCode(
              pool,
              bearer.client().id(),
              changed,
              "UpdateUserAttribute",
              address,
              changes.getOrDefault(address, ""),
              input.textMap("ClientMetadata")));
    }
    ObjectNode answer = Json.object();
    answer.set("CodeDeliveryDetailsList", details);
    return Output.of(answer);
  }

  private static boolean verifiesFirst(UserPool pool, String address) {
    for (var name :
        pool.setting("/UserAttributeUpdateSettings/AttributesRequireVerificationBeforeUpdate")) {
      if (name.asText().equals(address)) {
        return true;
      }
    }
    return false;
  }

  private PoolUser store(
      UserPool pool, PoolUser user, Map<String, String> now, Map<String, String> later) {
    Instant time = tools.clock().now();
    return tools
        .store()
        .exclusively(
            () -> {
              PoolNames.requireAddressesFree(tools.store(), pool, user.username(), now);
              PoolNames.requireAddressesFree(tools.store(), pool, user.username(), later);
              return tools
                  .store()
                  .update(
                      pool.id(),
                      user.username(),
                      found -> {
                        Map<String, String> all = PoolAttributes.changed(found.attributes(), now);
                        PoolNames.requireAliasesFree(
                            tools.store(), pool, found.username(), all, false, time);
                        return found.withAttributes(all, time);
                      });
            });
  }

  private Output delete(Input input, CallContext context) {
    Bearer bearer = AuthInputs.bearer(tools.tokens(), input);
    List<String> names = input.texts("UserAttributeNames");
    PoolAttributes.requireDeletable(bearer.pool(), names);
    PoolAttributes.requireWritable(bearer.client(), names);
    tools
        .store()
        .update(
            bearer.pool().id(),
            bearer.user().username(),
            found -> {
              var all = new LinkedHashMap<>(found.attributes());
              for (String name : names) {
                all.remove(name);
                if (ADDRESSES.contains(name)) {
                  all.remove(name + "_verified");
                }
              }
              return found.withAttributes(all, tools.clock().now());
            });
    return Output.empty();
  }

  private static String address(Input input) {
    String name = input.requiredText("AttributeName");
    if (!ADDRESSES.contains(name)) {
      throw CognitoErrors.invalidParameter("Attribute " + name + " cannot be verified.");
    }
    return name;
  }

  private Output sendCode(Input input, CallContext context) {
    Bearer bearer = AuthInputs.bearer(tools.tokens(), input);
    String name = address(input);
    String value = bearer.user().attributes().getOrDefault(name, "");
    if (value.isEmpty()) {
      throw CognitoErrors.invalidParameter("User does not have the attribute " + name + ".");
    }
    tools.limits().count(Limited.ATTRIBUTE_CODE, bearer.pool().id(), bearer.user().username());
    return SignUpOperations.delivered(
        codes.sendAttributeCode(
            bearer.pool(),
            bearer.client().id(),
            bearer.user(),
            "VerifyUserAttribute",
            name,
            value,
            input.textMap("ClientMetadata")));
  }

  private Output verify(Input input, CallContext context) {
    Bearer bearer = AuthInputs.bearer(tools.tokens(), input);
    String name = address(input);
    UserPool pool = bearer.pool();
    String username = bearer.user().username();
    tools.limits().count(Limited.VERIFY_ATTRIBUTE, pool.id(), username);
    SentCode code =
        tools
            .codes()
            .require(pool.id(), username, Purpose.ofAttribute(name), input.requiredText("Code"));
    Instant now = tools.clock().now();
    Map<String, String> changes = Map.of(name, code.address(), name + "_verified", "true");
    tools
        .store()
        .exclusively(
            () -> {
              PoolNames.requireAddressesFree(tools.store(), pool, username, changes);
              Map<String, String> all = PoolAttributes.changed(bearer.user().attributes(), changes);
              PoolNames.requireAliasesFree(tools.store(), pool, username, all, false, now);
              tools.codes().spend(code);
              return tools
                  .store()
                  .update(
                      pool.id(),
                      username,
                      found ->
                          found.withAttributes(
                              PoolAttributes.changed(found.attributes(), changes), now));
            });
    return Output.empty();
  }
}
