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
import dev.syncline.sim.services.cognito.auth.state.AuthDevices.Device;
import dev.syncline.sim.services.cognito.auth.state.AuthErrors;
import dev.syncline.sim.services.cognito.pool.CognitoErrors;
import dev.syncline.sim.services.cognito.pool.TokenService.Bearer;
import dev.syncline.sim.services.cognito.pool.UserPool;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/** The operations on users' devices. Thread-safe. */
record DeviceOperations(AuthTools tools) {
  private static final int MAX_PAGE = 60;
  private static final int MAX_BYTES = 800;

  private record Owner(String poolId, String username) {}

  private interface Work {
    Output run(Owner owner, Input input);
  }

  List<Operation> operations() {
    return List.of(
        Operation.of(
            """
            ConfirmDevice: AccessToken, DeviceKey, DeviceSecretVerifierConfig, DeviceName
            """,
            this::confirm),
        own("GetDevice: DeviceKey, AccessToken", this::get),
        own("ListDevices: AccessToken, Limit, PaginationToken", this::list),
        own("ForgetDevice: AccessToken, DeviceKey", this::forget),
        own("UpdateDeviceStatus: AccessToken, DeviceKey, DeviceRememberedStatus", this::remember),
        admin("AdminGetDevice: DeviceKey, UserPoolId, Username", this::get),
        admin("AdminListDevices: UserPoolId, Username, Limit, PaginationToken", this::list),
        admin("AdminForgetDevice: UserPoolId, Username, DeviceKey", this::forget),
        admin(
            "AdminUpdateDeviceStatus: UserPoolId, Username, DeviceKey, DeviceRememberedStatus",
            this::remember));
  }

  private Operation own(String signature, Work work) {
    return Operation.of(
        signature,
        (input, context) -> {
          Bearer bearer = AuthInputs.bearer(tools.tokens(), input);
          return work.run(new Owner(bearer.pool().id(), bearer.user().username()), input);
        });
  }

  private Operation admin(String signature, Work work) {
    return Operation.of(
        signature,
        (input, context) -> {
          String username = AuthInputs.named(tools.store(), input).username();
          return work.run(new Owner(input.requiredText("UserPoolId"), username), input);
        });
  }

  private Device device(Owner owner, Input input) {
    return tools.devices().require(owner.poolId, owner.username, input.requiredText("DeviceKey"));
  }

  private Output confirm(Input input, CallContext context) {
    Bearer bearer = AuthInputs.bearer(tools.tokens(), input);
    UserPool pool = bearer.pool();
    if (!pool.setting("/DeviceConfiguration").isObject()) {
      throw AuthErrors.noDeviceTracking();
    }
    Device device = device(new Owner(pool.id(), bearer.user().username()), input);
    Input secrets =
        input
            .structure("DeviceSecretVerifierConfig")
            .orElseThrow(() -> AuthErrors.missingParameter("DeviceSecretVerifierConfig"))
            .only("PasswordVerifier", "Salt");
    boolean asks =
        pool.setting("/DeviceConfiguration/DeviceOnlyRememberedOnUserPrompt").asBoolean(false);
    tools
        .devices()
        .put(
            device.confirmed(
                input.text("DeviceName").orElse(null),
                hexadecimal(secrets, "Salt"),
                hexadecimal(secrets, "PasswordVerifier"),
                !asks,
                tools.clock().now()));
    return Output.of(Json.object().put("UserConfirmationNecessary", asks));
  }

  private static String hexadecimal(Input secrets, String member) {
    byte[] bytes;
    try {
      bytes = Base64.getDecoder().decode(secrets.requiredText(member));
    } catch (IllegalArgumentException malformed) {
      throw CognitoErrors.invalidParameter(member + " must be base64.");
    }
    if (bytes.length == 0 || bytes.length > MAX_BYTES) {
      throw CognitoErrors.invalidParameter(member + " has a wrong length.");
    }
    return HexFormat.of().formatHex(bytes);
  }

  private Output get(Owner owner, Input input) {
    ObjectNode answer = Json.object();
    answer.set("Device", json(device(owner, input)));
    return Output.of(answer);
  }

  private static ObjectNode json(Device device) {
    ObjectNode json = Json.object().put("DeviceKey", device.key());
    ArrayNode attributes = json.putArray("DeviceAttributes");
    attributes
        .addObject()
        .put("Name", "device_status")
        .put("Value", device.verifier() == null ? "invalid" : "valid");
    String name = device.name();
    if (name != null) {
      attributes.addObject().put("Name", "device_name").put("Value", name);
    }
    json.set("DeviceCreateDate", Json.epochSeconds(device.created()));
    json.set("DeviceLastModifiedDate", Json.epochSeconds(device.modified()));
    json.set("DeviceLastAuthenticatedDate", Json.epochSeconds(device.authenticated()));
    return json;
  }

  private Output list(Owner owner, Input input) {
    List<Device> all = tools.devices().of(owner.poolId, owner.username);
    int start = input.text("PaginationToken").map(token -> indexAfter(all, token)).orElse(0);
    int limit = input.integer("Limit").orElse(MAX_PAGE);
    int end = Math.min(all.size(), start + (limit == 0 ? MAX_PAGE : limit));
    ObjectNode answer = Json.object();
    ArrayNode devices = answer.putArray("Devices");
    all.subList(start, end).forEach(device -> devices.add(json(device)));
    if (end < all.size()) {
      answer.put("PaginationToken", all.get(end - 1).key());
    }
    return Output.of(answer);
  }

  private static int indexAfter(List<Device> all, String key) {
    for (int i = 0; i < all.size(); i++) {
      if (all.get(i).key().equals(key)) {
        return i + 1;
      }
    }
    throw CognitoErrors.invalidParameter("PaginationToken is not valid.");
  }

  private Output forget(Owner owner, Input input) {
    tools.devices().remove(device(owner, input));
    return Output.empty();
  }

  private Output remember(Owner owner, Input input) {
    boolean remembered =
        input.text("DeviceRememberedStatus").orElse("not_remembered").equals("remembered");
    tools.devices().put(device(owner, input).withRemembered(remembered, tools.clock().now()));
    return Output.empty();
  }
}
