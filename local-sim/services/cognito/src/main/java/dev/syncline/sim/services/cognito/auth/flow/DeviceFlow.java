// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cognito.auth.flow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.services.cognito.auth.crypto.AuthDigests;
import dev.syncline.sim.services.cognito.auth.crypto.SrpServer;
import dev.syncline.sim.services.cognito.auth.crypto.SrpTimestamp;
import dev.syncline.sim.services.cognito.auth.state.AuthDevices.Device;
import dev.syncline.sim.services.cognito.auth.state.AuthErrors;
import dev.syncline.sim.services.cognito.auth.state.AuthSessions.Pending;
import dev.syncline.sim.services.cognito.pool.PoolUser;
import java.math.BigInteger;
import java.util.LinkedHashMap;

/** The proof of a remembered device, which takes the place of a further factor. Thread-safe. */
record DeviceFlow(AuthTools tools, SignInSteps steps) {
  /** Answers DEVICE_SRP_AUTH. */
  ObjectNode start(AuthCall call, String session, Pending pending, PoolUser user) {
    String clientPublic = SrpFlow.clientPublic(call);
    Device device = device(call, pending, user);
    tools.sessions().take(session);
    ObjectNode data =
        Json.object()
            .put("device", device.key())
            .put("a", clientPublic)
            .put("b", tools.ids().hex(SrpFlow.SECRET_DIGITS));
    String unique = tools.ids().hex(SrpFlow.SECRET_DIGITS);
    String block = tools.secret().seal().seal(unique, Json.write(data));
    data.put("block", block);
    var parameters = new LinkedHashMap<String, String>();
    parameters.put("SALT", String.valueOf(device.salt()));
    parameters.put("SRP_B", server(device, data).serverPublic().toString(16));
    parameters.put("SECRET_BLOCK", block);
    parameters.put("USERNAME", user.username());
    parameters.put("DEVICE_KEY", device.key());
    return tools.challenge(call, user.username(), "DEVICE_PASSWORD_VERIFIER", data, parameters);
  }

  private Device device(AuthCall call, Pending pending, PoolUser user) {
    String key = call.need("DEVICE_KEY");
    if (!pending.data().path("device").asText().equals(key)) {
      throw AuthErrors.noDevice();
    }
    Device device = tools.devices().require(call.pool().id(), user.username(), key);
    if (device.verifier() == null || device.salt() == null) {
      throw AuthErrors.noDevice();
    }
    return device;
  }

  private static SrpServer server(Device device, JsonNode data) {
    return new SrpServer(
        device.groupKey(),
        device.key(),
        new BigInteger(String.valueOf(device.verifier()), 16),
        new BigInteger(data.path("a").asText(), 16),
        new BigInteger(data.path("b").asText(), 16));
  }

  /** Answers DEVICE_PASSWORD_VERIFIER. */
  ObjectNode prove(AuthCall call, String session, Pending pending, PoolUser user) {
    String block = call.need("PASSWORD_CLAIM_SECRET_BLOCK");
    String signature = call.need("PASSWORD_CLAIM_SIGNATURE");
    String timestamp = call.need("TIMESTAMP");
    Device device = device(call, pending, user);
    boolean right =
        AuthDigests.same(pending.data().path("block").asText(), block)
            && server(device, pending.data())
                .signature(SrpFlow.decode(block), timestamp)
                .filter(own -> AuthDigests.same(own, signature))
                .isPresent()
            && SrpTimestamp.accepts(timestamp, tools.clock().now());
    if (!right) {
      throw AuthErrors.wrongPassword();
    }
    tools.sessions().take(session);
    tools.devices().put(device.used(tools.clock().now()));
    return steps.finish(call, user, "TokenGeneration_AuthenticateDevice", device.key());
  }
}
