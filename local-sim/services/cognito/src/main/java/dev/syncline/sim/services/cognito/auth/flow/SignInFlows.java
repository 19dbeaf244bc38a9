// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cognito.auth.flow;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.services.cognito.auth.state.AuthErrors;
import dev.syncline.sim.services.cognito.auth.state.AuthSessions.Pending;
import dev.syncline.sim.services.cognito.pool.PoolUser;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/** Starts a sign-in and continues it after each challenge. Thread-safe. */
public final class SignInFlows {
  private final AuthTools tools;
  private final FactorFlow factors;
  private final SignInSteps steps;
  private final PasswordFlow passwords;
  private final SrpFlow srp;
  private final ChoiceFlow choice;
  private final CustomFlow custom;
  private final DeviceFlow devices;
  private final RefreshFlow refresh;

  /** The flows over these tools. */
  public SignInFlows(AuthTools tools, AuthUsers users) {
    this.tools = tools;
    this.factors = new FactorFlow(tools);
    this.steps = new SignInSteps(tools, factors);
    this.passwords = new PasswordFlow(tools, users, steps);
    this.srp = new SrpFlow(tools, users);
    this.choice = new ChoiceFlow(tools, users, passwords, srp, steps, factors);
    this.custom = new CustomFlow(tools, users, srp, steps);
    this.devices = new DeviceFlow(tools, steps);
    this.refresh = new RefreshFlow(tools);
  }

  /** As {@link #start(AuthCall, String, Optional)}, without a session. */
  public ObjectNode start(AuthCall call, String flow) {
    return start(call, flow, Optional.empty());
  }

  /**
   * Starts a sign-in.
   *
   * @param flow a value of AuthFlow
   * @param session of a confirmed sign-up; empty for none
   * @return the answer of InitiateAuth
   */
  public ObjectNode start(AuthCall call, String flow, Optional<String> session) {
    AuthFlows.requireEnabled(call.client(), flow, call.admin());
    if (session.isPresent()) {
      if (!flow.equals("USER_AUTH")) {
        throw AuthErrors.unsupported("Session with the flow " + flow);
      }
      return choice.signedUp(call, session.get());
    }
    return switch (flow) {
      case "USER_SRP_AUTH" -> srp.start(call);
      case "REFRESH_TOKEN_AUTH", "REFRESH_TOKEN" -> refresh.refresh(call);
      case "CUSTOM_AUTH" -> custom.start(call);
      case "USER_AUTH" -> choice.start(call);
      default -> passwords.signIn(call);
    };
  }

  /**
   * Continues a sign-in.
   *
   * @param challenge a value of ChallengeName
   * @param session what the challenge came with; empty when the call has none
   * @return the answer of RespondToAuthChallenge
   */
  public ObjectNode answer(AuthCall call, String challenge, Optional<String> session) {
    return switch (challenge) {
      case "PASSWORD_VERIFIER" -> proof(call, session);
      case "WEB_AUTHN", "ADMIN_NO_SRP_AUTH" ->
          throw AuthErrors.unsupported("the challenge " + challenge);
      default ->
          answer(
              call, challenge, session.orElseThrow(() -> AuthErrors.missingParameter("Session")));
    };
  }

  private ObjectNode proof(AuthCall call, Optional<String> session) {
    Optional<Pending> pending = session.map(text -> pending(call, "PASSWORD_VERIFIER", text));
    SrpFlow.Proof proof = srp.prove(call);
    if (pending.isPresent() && !pending.get().username().equals(proof.user().username())) {
      throw AuthErrors.invalidSession();
    }
    session.ifPresent(tools.sessions()::take);
    if (proof.flow().equals("CUSTOM_AUTH")) {
      return custom.proved(call, pending.orElseThrow(AuthErrors::invalidSession), proof.user());
    }
    return steps.afterPassword(call, proof.user());
  }

  private Pending pending(AuthCall call, String challenge, String session) {
    Pending pending = tools.sessions().find(session);
    boolean here =
        pending.poolId().equals(call.pool().id())
            && pending.clientId().equals(call.client().id())
            && pending.challenge().equals(challenge);
    if (!here) {
      throw AuthErrors.invalidSession();
    }
    return pending;
  }

  private ObjectNode answer(AuthCall call, String challenge, String session) {
    String name = call.need("USERNAME");
    // The choice of PASSWORD or PASSWORD_SRP may be answered by its own name.
    boolean direct = challenge.equals("PASSWORD") || challenge.equals("PASSWORD_SRP");
    Pending pending = pending(call, direct ? "SELECT_CHALLENGE" : challenge, session);
    SecretHashes.require(
        call.client(), call.find("SECRET_HASH"), List.of(name, pending.username()));
    requireName(call, name, pending);
    if (challenge.equals("CUSTOM_CHALLENGE")) {
      return custom.answered(call, session, pending);
    }
    if (ChoiceFlow.hidden(pending)) {
      if (pending.challenge().equals("SELECT_CHALLENGE")) {
        return choice.selectedHidden(choose(call, direct, challenge), session, pending);
      }
      factors.requireCode(call, pending);
      throw AuthErrors.otpMismatch();
    }
    PoolUser user = tools.user(call, pending.username());
    AuthUsers.requireActive(user);
    String source = pending.data().path("source").asText();
    return switch (challenge) {
      case "NEW_PASSWORD_REQUIRED" -> steps.newPassword(call, session, user.username());
      case "SMS_MFA", "EMAIL_OTP", "SMS_OTP" -> {
        factors.requireCode(call, pending);
        tools.sessions().take(session);
        yield steps.finish(call, factors.enrolled(pending, user), source, null);
      }
      case "SOFTWARE_TOKEN_MFA" -> {
        factors.requireToken(call, user);
        tools.sessions().take(session);
        yield steps.finish(call, user, source, null);
      }
      case "SELECT_MFA_TYPE" -> factors.selected(call, session, pending, user);
      case "MFA_SETUP" -> setUp(call, session, pending, user);
      case "DEVICE_SRP_AUTH" -> devices.start(call, session, pending, user);
      case "DEVICE_PASSWORD_VERIFIER" -> devices.prove(call, session, pending, user);
      default -> choice.selected(choose(call, direct, challenge), session, pending, user);
    };
  }

  private static AuthCall choose(AuthCall call, boolean direct, String challenge) {
    if (!direct) {
      return call;
    }
    var parameters = new LinkedHashMap<>(call.parameters());
    parameters.put("ANSWER", challenge);
    return new AuthCall(call.pool(), call.client(), call.admin(), parameters, call.metadata());
  }

  private ObjectNode setUp(AuthCall call, String session, Pending pending, PoolUser user) {
    Optional<String> email = call.find("EMAIL");
    if (email.isPresent()) {
      return factors.setUpEmail(call, session, pending, user, email.get());
    }
    if (!SetupFlow.done(pending)) {
      throw AuthErrors.invalidSession();
    }
    tools.sessions().take(session);
    return steps.finish(call, user, pending.data().path("source").asText(), null);
  }

  /** The name may be the one given at the start, an alias or the real one. */
  private void requireName(AuthCall call, String name, Pending pending) {
    boolean same =
        pending.username().equals(name)
            || tools
                .store()
                .findUser(call.pool().id(), name, true)
                .filter(user -> user.username().equals(pending.username()))
                .isPresent();
    if (!same) {
      throw AuthErrors.invalidSession();
    }
  }
}
