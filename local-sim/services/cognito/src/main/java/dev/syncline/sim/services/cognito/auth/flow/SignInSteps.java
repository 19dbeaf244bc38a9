// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cognito.auth.flow;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.services.cognito.auth.state.AuthDevices.Device;
import dev.syncline.sim.services.cognito.auth.state.AuthErrors;
import dev.syncline.sim.services.cognito.pool.PasswordRecord;
import dev.syncline.sim.services.cognito.pool.PoolAttributes;
import dev.syncline.sim.services.cognito.pool.PoolPasswords;
import dev.syncline.sim.services.cognito.pool.PoolUser;
import dev.syncline.sim.services.cognito.pool.TokenService;
import dev.syncline.sim.services.cognito.pool.TokenService.Grant;
import dev.syncline.sim.services.cognito.pool.UserPool;
import dev.syncline.sim.services.cognito.pool.UserStatus;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What follows the first factor: a new password, a further factor, the device, PostAuthentication
 * and the tokens. Thread-safe.
 */
record SignInSteps(AuthTools tools, FactorFlow factors) {
  /** PreTokenGeneration's source of a plain sign-in. */
  static final String PLAIN = "TokenGeneration_Authentication";

  private static final String NEW_PASSWORD = "TokenGeneration_NewPasswordChallenge";
  private static final String USER_ATTRIBUTES = "userAttributes.";

  /** Continues after the right password. */
  ObjectNode afterPassword(AuthCall call, PoolUser user) {
    if (user.status() == UserStatus.FORCE_CHANGE_PASSWORD) {
      PasswordRecord password = user.password();
      if (password != null && tools.passwords().expired(call.pool(), password)) {
        throw AuthErrors.temporaryPasswordExpired();
      }
      return newPasswordChallenge(call, user);
    }
    Optional<Device> device = device(call, user);
    if (device.isPresent()) {
      ObjectNode data = Json.object().put("device", device.get().key());
      return tools.challenge(
          call,
          user.username(),
          "DEVICE_SRP_AUTH",
          data,
          Map.of("USERNAME", user.username(), "DEVICE_KEY", device.get().key()));
    }
    return afterFirstFactor(call, user, PLAIN);
  }

  /** The remembered device that the call names, if the pool asks for its proof. */
  private Optional<Device> device(AuthCall call, PoolUser user) {
    Optional<String> key = call.find("DEVICE_KEY");
    if (key.isEmpty() || !remembersDevices(call.pool())) {
      return Optional.empty();
    }
    Device device = tools.devices().require(call.pool().id(), user.username(), key.get());
    return Optional.of(device).filter(known -> known.verifier() != null && known.remembered());
  }

  static boolean remembersDevices(UserPool pool) {
    return pool.setting("/DeviceConfiguration").isObject();
  }

  private ObjectNode newPasswordChallenge(AuthCall call, PoolUser user) {
    ObjectNode attributes = Json.object();
    user.attributes().forEach(attributes::put);
    List<String> required =
        PoolAttributes.missing(call.pool(), user.attributes()).stream()
            .map(USER_ATTRIBUTES::concat)
            .toList();
    var parameters = new LinkedHashMap<String, String>();
    parameters.put("USER_ID_FOR_SRP", user.username());
    parameters.put("requiredAttributes", Json.write(Json.texts(required)));
    parameters.put("userAttributes", Json.write(attributes));
    return tools.challenge(
        call, user.username(), "NEW_PASSWORD_REQUIRED", Json.object(), parameters);
  }

  /** Answers NEW_PASSWORD_REQUIRED. */
  ObjectNode newPassword(AuthCall call, String session, String username) {
    PoolUser user = tools.user(call, username);
    if (!user.enabled()) {
      throw AuthErrors.disabled();
    }
    String password = call.need("NEW_PASSWORD");
    var changes = new LinkedHashMap<String, String>();
    call.parameters()
        .forEach(
            (name, value) -> {
              if (name.startsWith(USER_ATTRIBUTES)) {
                changes.put(name.substring(USER_ATTRIBUTES.length()), value);
              }
            });
    tools.passwords().requirePolicy(call.pool(), PoolPasswords.Wording.OTHER, password);
    tools.passwords().requireUnused(call.pool(), username, password, user.password());
    requireMissing(call, user, changes.keySet());
    PoolAttributes.requireUpdatable(call.pool(), changes);
    PoolAttributes.requireWritable(call.client(), changes.keySet());
    Map<String, String> attributes = PoolAttributes.changed(user.attributes(), changes);
    List<String> missing = PoolAttributes.missing(call.pool(), attributes);
    if (!missing.isEmpty()) {
      throw AuthErrors.attributeMissing(missing.getFirst());
    }
    tools.sessions().take(session);
    PasswordRecord record =
        tools.passwords().create(call.pool(), username, password, false, user.password());
    PoolUser changed =
        tools
            .store()
            .update(
                call.pool().id(),
                username,
                found ->
                    found
                        .withAttributes(
                            PoolAttributes.changed(found.attributes(), changes),
                            tools.clock().now())
                        .withPassword(record, UserStatus.CONFIRMED, tools.clock().now()));
    return afterFirstFactor(call, changed, NEW_PASSWORD);
  }

  /** Refuses a required attribute that has a value: this challenge only fills in missing ones. */
  private static void requireMissing(AuthCall call, PoolUser user, Set<String> names) {
    List<String> required = PoolAttributes.missing(call.pool(), Map.of());
    for (String name : names) {
      if (required.contains(name) && user.attributes().containsKey(name)) {
        throw AuthErrors.attributeGiven(name);
      }
    }
  }

  /** Continues after the first factor and the user's own password. */
  ObjectNode afterFirstFactor(AuthCall call, PoolUser user, String source) {
    return factors.challenge(call, user, source).orElseGet(() -> finish(call, user, source, null));
  }

  /**
   * Ends a sign-in with tokens.
   *
   * @param deviceKey the device that proved itself; null for none
   */
  ObjectNode finish(AuthCall call, PoolUser user, String source, @Nullable String deviceKey) {
    Device fresh = deviceKey == null ? newDevice(call, user) : null;
    String key = fresh == null ? deviceKey : fresh.key();
    tools.triggers().postAuthentication(call, user, fresh != null);
    ObjectNode result =
        tools
            .tokens()
            .issue(
                new Grant(
                    call.pool(),
                    call.client(),
                    user,
                    source,
                    List.of(TokenService.API_SCOPE),
                    call.metadata(),
                    key,
                    null));
    if (fresh != null) {
      result
          .putObject("NewDeviceMetadata")
          .put("DeviceKey", fresh.key())
          .put("DeviceGroupKey", fresh.groupKey());
    }
    return AuthAnswers.tokens(result);
  }

  private @Nullable Device newDevice(AuthCall call, PoolUser user) {
    if (!remembersDevices(call.pool())) {
      return null;
    }
    var device =
        new Device(
            call.pool().id(),
            user.username(),
            call.pool().region() + "_" + tools.ids().uuid(),
            "-" + tools.ids().lowerAlphanumeric(8),
            null,
            null,
            null,
            false,
            tools.clock().now(),
            tools.clock().now(),
            tools.clock().now());
    tools.devices().put(device);
    return device;
  }
}
