// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cognito.auth;

import com.fasterxml.jackson.databind.JsonNode;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.service.ServiceContext;
import dev.syncline.sim.services.cognito.auth.flow.AuthTools;
import dev.syncline.sim.services.cognito.auth.flow.AuthTriggers;
import dev.syncline.sim.services.cognito.auth.flow.AuthUsers;
import dev.syncline.sim.services.cognito.auth.flow.SetupFlow;
import dev.syncline.sim.services.cognito.auth.flow.SignInFlows;
import dev.syncline.sim.services.cognito.auth.state.AuthCodes;
import dev.syncline.sim.services.cognito.auth.state.AuthDevices;
import dev.syncline.sim.services.cognito.auth.state.AuthLimits;
import dev.syncline.sim.services.cognito.auth.state.AuthLockout;
import dev.syncline.sim.services.cognito.auth.state.AuthSecret;
import dev.syncline.sim.services.cognito.auth.state.AuthSessions;
import dev.syncline.sim.services.cognito.auth.state.OnceUses;
import dev.syncline.sim.services.cognito.pool.PoolPasswords;
import dev.syncline.sim.services.cognito.pool.PoolStore;
import dev.syncline.sim.services.cognito.pool.PoolUser;
import dev.syncline.sim.services.cognito.pool.TokenService;
import dev.syncline.sim.services.cognito.pool.TriggerCalls;
import dev.syncline.sim.services.cognito.pool.UserCodes;
import dev.syncline.sim.services.cognito.pool.UserMessages;
import dev.syncline.sim.services.cognito.pool.UserPool;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Sign-up and sign-in, put together. The room makes it once:
 *
 * <pre>
 * var auth = AuthParts.create(context, store, passwords, messages, tokens, triggers);
 * auth.operations()              // for ServiceParts
 * auth.save(), auth.restore(…)   // a member of the room's saved state
 * auth                           // the UserCodes of operations of administrators
 * </pre>
 *
 * Thread-safe.
 */
public record AuthParts(AuthTools tools, AuthUsers users, SignInFlows flows, CodeDelivery codes)
    implements UserCodes {
  /** Puts it together. */
  public static AuthParts create(
      ServiceContext context,
      PoolStore store,
      PoolPasswords passwords,
      UserMessages messages,
      TokenService tokens,
      TriggerCalls triggers) {
    var tools =
        new AuthTools(
            context.clock(),
            context.ids(),
            store,
            passwords,
            messages,
            tokens,
            new AuthTriggers(triggers),
            new AuthCodes(context.clock(), context.ids()),
            new AuthSessions(context.clock(), context.ids(), store),
            new AuthLockout(context.clock()),
            new AuthLimits(context.clock()),
            new AuthDevices(),
            new OnceUses(),
            new AuthSecret(context.ids().split("cognito sign-in")));
    var users = new AuthUsers(tools);
    return new AuthParts(
        tools, users, new SignInFlows(tools, users), new CodeDelivery(tools.codes(), messages));
  }

  /** Every operation of this package. */
  public List<Operation> operations() {
    var operations = new ArrayList<Operation>();
    operations.addAll(new AuthOperations(tools, flows).operations());
    operations.addAll(new SignUpOperations(tools, codes).operations());
    operations.addAll(new ForgottenPasswordOperations(tools, users, codes).operations());
    operations.addAll(new OwnAccountOperations(tools).operations());
    operations.addAll(new OwnAttributeOperations(tools, codes).operations());
    operations.addAll(new FactorOperations(tools, new SetupFlow(tools)).operations());
    operations.addAll(new DeviceOperations(tools).operations());
    return operations;
  }

  /** What outlives the process: codes, devices and the secret of salts. */
  public JsonNode save() {
    return AuthState.of(tools).json();
  }

  /** Takes what {@link #save} made. */
  public void restore(JsonNode saved) {
    AuthState.read(saved).restore(tools);
  }

  @Override
  public void forget(String poolId, @Nullable String username) {
    tools.codes().forget(poolId, username);
    tools.devices().forget(poolId, username);
    if (username != null) {
      tools.lockout().reset(poolId, username);
    }
  }

  @Override
  public void sendPasswordCode(UserPool pool, PoolUser user, Map<String, String> metadata) {
    codes.sendResetCode(pool, null, user, metadata);
  }

  @Override
  public void sendAttributeCode(
      UserPool pool,
      PoolUser user,
      String attribute,
      String address,
      Map<String, String> metadata) {
    codes.sendAttributeCode(pool, null, user, "UpdateUserAttribute", attribute, address, metadata);
  }
}
