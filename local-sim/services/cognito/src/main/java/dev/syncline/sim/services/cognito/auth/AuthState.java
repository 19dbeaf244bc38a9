// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cognito.auth;

import com.fasterxml.jackson.databind.JsonNode;
import dev.syncline.sim.service.state.SavedForm;
import dev.syncline.sim.services.cognito.auth.flow.AuthTools;
import dev.syncline.sim.services.cognito.auth.state.AuthCodes.SentCode;
import dev.syncline.sim.services.cognito.auth.state.AuthDevices.Device;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The saved form of sign-in. Sessions of challenges and lock-outs are not saved. */
record AuthState(
    @Nullable String secret, @Nullable List<SentCode> codes, @Nullable List<Device> devices) {
  static AuthState of(AuthTools tools) {
    return new AuthState(tools.secret().value(), tools.codes().all(), tools.devices().all());
  }

  static AuthState read(JsonNode saved) {
    return SavedForm.PLAIN.read(saved, AuthState.class);
  }

  JsonNode json() {
    return SavedForm.PLAIN.write(this);
  }

  void restore(AuthTools tools) {
    if (secret != null) {
      tools.secret().restore(secret);
    }
    if (codes != null) {
      tools.codes().restore(codes);
    }
    if (devices != null) {
      devices.forEach(tools.devices()::put);
    }
  }

  @Override
  public String toString() {
    return "AuthState";
  }
}
