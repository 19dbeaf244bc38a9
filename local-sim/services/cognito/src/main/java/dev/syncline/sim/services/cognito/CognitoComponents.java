// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cognito;

import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.service.ServiceContext;
import dev.syncline.sim.service.ServiceParts;
import dev.syncline.sim.service.contract.UserPoolTokens;
import dev.syncline.sim.service.http.HttpEndpoint;
import dev.syncline.sim.service.http.PageRules;
import dev.syncline.sim.service.http.UnsignedCalls;
import dev.syncline.sim.services.cognito.auth.AuthParts;
import dev.syncline.sim.services.cognito.auth.SoftwareTokenEndpoint;
import dev.syncline.sim.services.cognito.message.MessageEndpoint;
import dev.syncline.sim.services.cognito.message.PoolMessages;
import dev.syncline.sim.services.cognito.oauth.OAuthEndpoint;
import dev.syncline.sim.services.cognito.pool.PoolItems;
import dev.syncline.sim.services.cognito.pool.PoolPasswords;
import dev.syncline.sim.services.cognito.pool.PoolStore;
import dev.syncline.sim.services.cognito.token.TokenParts;
import dev.syncline.sim.services.cognito.trigger.LambdaTriggers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/** Creates the parts of the room in the order in which they need each other. Immutable. */
record CognitoComponents(ServiceParts parts, List<HttpEndpoint> endpoints, PageRules pages) {
  /** What stands before the operation in {@code X-Amz-Target}. */
  static final String TARGET = "AWSCognitoIdentityProviderService";

  static CognitoComponents of(ServiceContext context) {
    Ids ids = context.ids();
    var store = new PoolStore();
    var items = new PoolItems();
    var passwords = new PoolPasswords(context.clock(), ids.split("passwords"));
    var triggers = new LambdaTriggers(context);
    var messages = new PoolMessages(context.journal(), context.faults(), triggers);
    var tokens = new TokenParts(context, store, items, triggers);
    var further = new LinkedHashMap<String, CognitoState.Part>();
    further.put("tokens", new CognitoState.Part(tokens::save, tokens::restore));
    var auth = AuthParts.create(context, store, passwords, messages, tokens.service(), triggers);
    further.put("auth", new CognitoState.Part(auth::save, auth::restore));
    context.contracts().provide(UserPoolTokens.class, tokens.contract());
    var parts =
        new CognitoParts(
            context.clock(),
            context.account(),
            context.region(),
            new CognitoNames(ids),
            store,
            items,
            passwords,
            triggers,
            messages,
            auth,
            tokens.service());
    var settings = new ArrayList<Operation>();
    settings.addAll(new UserPoolOperations(parts).operations());
    settings.addAll(new ClientOperations(parts).operations());
    settings.addAll(new PoolTagOperations(parts).operations());
    settings.addAll(new DomainOperations(parts).operations());
    settings.addAll(new ResourceServerOperations(parts).operations());
    settings.addAll(new IdentityProviderOperations(parts).operations());
    settings.addAll(new MfaConfigOperations(parts).operations());
    settings.addAll(new PoolGroupOperations(parts).operations());
    settings.addAll(new UiOperations(parts).operations());
    var operations = new ArrayList<Operation>();
    settings.forEach(operation -> operations.add(exclusive(store, operation)));
    operations.addAll(auth.operations());
    operations.addAll(new PoolUserOperations(parts).operations());
    operations.add(new UserSearch(parts).operation());
    operations.addAll(new UserFactorOperations(parts).operations());
    operations.addAll(tokens.operations());
    return new CognitoComponents(
        new ServiceParts(
                operations.stream().map(CognitoConstraints::checked).toList(),
                new CognitoState(store, items, further))
            .with(new CognitoAccess()),
        List.of(
            new MessageEndpoint(context.journal()),
            new SoftwareTokenEndpoint(store, context.clock()),
            new BrowserCalls(),
            tokens.endpoint(),
            new OAuthEndpoint(context, store, items, tokens.service(), auth.tools())),
        new UnsignedCalls(TARGET, "cognito-idp"));
  }

  /**
   * Carries an operation out as one step. Operations on settings read, check and write them, and
   * call no function meanwhile.
   */
  private static Operation exclusive(PoolStore store, Operation operation) {
    return operation.reads()
        ? operation
        : new Operation(
            operation.name(),
            operation.http(),
            operation.members(),
            operation.rawBody(),
            (input, context) ->
                store.exclusively(() -> operation.handler().handle(input, context)));
  }
}
