// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cognito.auth;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.CallContext;
import dev.syncline.sim.service.Input;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.service.Output;
import dev.syncline.sim.services.cognito.auth.flow.AuthTools;
import dev.syncline.sim.services.cognito.auth.flow.SetupFlow;
import dev.syncline.sim.services.cognito.pool.FactorPreferences;
import dev.syncline.sim.services.cognito.pool.TokenService.Bearer;
import dev.syncline.sim.services.cognito.pool.UserFactors;
import java.util.List;
import java.util.Optional;

/** The operations on users' further factors. Thread-safe. */
record FactorOperations(AuthTools tools, SetupFlow setup) {
  List<Operation> operations() {
    return List.of(
        Operation.of("AssociateSoftwareToken: AccessToken, Session", this::associate),
        Operation.of(
            "VerifySoftwareToken: AccessToken, Session, UserCode, FriendlyDeviceName",
            this::verify),
        Operation.of(
            "SetUserMFAPreference: AccessToken, " + FactorPreferences.MEMBERS, this::prefer),
        Operation.of("SetUserSettings: AccessToken, MFAOptions", this::setSettings));
  }

  private Output associate(Input input, CallContext context) {
    Optional<String> session = sessionAlone(input);
    if (session.isPresent()) {
      return Output.of(setup.associate(session.get()));
    }
    Bearer bearer = AuthInputs.bearer(tools.tokens(), input);
    return Output.of(setup.associate(bearer.pool(), bearer.user()));
  }

  private static Optional<String> sessionAlone(Input input) {
    return input.has("AccessToken") ? Optional.empty() : input.text("Session");
  }

  private Output verify(Input input, CallContext context) {
    String code = input.requiredText("UserCode");
    Optional<String> session = sessionAlone(input);
    if (session.isPresent()) {
      return Output.of(setup.verify(session.get(), code));
    }
    Bearer bearer = AuthInputs.bearer(tools.tokens(), input);
    ObjectNode answer = setup.verify(bearer.pool(), bearer.user(), code);
    return Output.of(answer);
  }

  private Output prefer(Input input, CallContext context) {
    Bearer bearer = AuthInputs.bearer(tools.tokens(), input);
    UserFactors factors = FactorPreferences.apply(input, bearer.user());
    return keep(bearer, factors);
  }

  private Output keep(Bearer bearer, UserFactors factors) {
    tools
        .store()
        .update(
            bearer.pool().id(),
            bearer.user().username(),
            found -> found.withFactors(factors, tools.clock().now()));
    return Output.empty();
  }

  /** The operation from before SetUserMFAPreference: it knows SMS only. */
  private Output setSettings(Input input, CallContext context) {
    Bearer bearer = AuthInputs.bearer(tools.tokens(), input);
    boolean sms = false;
    for (Input option : input.structures("MFAOptions")) {
      option.only("DeliveryMedium", "AttributeName");
      sms |= option.text("DeliveryMedium").orElse("SMS").equals("SMS");
    }
    UserFactors own = bearer.user().factors();
    return keep(
        bearer,
        new UserFactors(
            own.totpSecret(),
            own.totpVerified(),
            own.totpEnabled(),
            sms,
            own.emailEnabled(),
            own.preferred()));
  }
}
