// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.iam;

import dev.syncline.sim.iam.AccessQuery;
import dev.syncline.sim.iam.ConditionKeys;
import dev.syncline.sim.iam.Decision;
import dev.syncline.sim.iam.IamPrincipal;
import dev.syncline.sim.iam.Policy;
import dev.syncline.sim.iam.PolicyEngine;
import dev.syncline.sim.iam.PolicySources;
import dev.syncline.sim.kernel.Journal;
import dev.syncline.sim.service.AccessCheck;
import dev.syncline.sim.service.AccessDenial;
import dev.syncline.sim.service.AwsService;
import dev.syncline.sim.service.CallContext;
import dev.syncline.sim.service.Dispatcher;
import dev.syncline.sim.service.Permissions;
import dev.syncline.sim.service.ServiceContext;
import dev.syncline.sim.service.contract.AccessKeys;
import dev.syncline.sim.service.settings.IamMode;
import dev.syncline.sim.service.settings.IamSettings;
import dev.syncline.sim.services.iam.IamPolicies.Document;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Decides permissions. Thread-safe.
 *
 * @param services by the prefix of their actions; filled at use
 */
record DecisionPoint(
    IamMode mode,
    IamStore store,
    IamCallers callers,
    CompiledPolicies compiled,
    ContextKeys keys,
    RolePolicies roles,
    UsageReport report,
    Journal journal,
    Dispatcher dispatcher,
    Map<String, List<AwsService>> services)
    implements Permissions {
  private static final Set<String> TRUST_ACTIONS =
      Set.of("sts:AssumeRole", "sts:TagSession", "sts:SetSourceIdentity");

  /** A bucket's policy cannot deny these to the root user; else it could lock itself out. */
  private static final Set<String> UNLOCKING =
      Set.of("s3:GetBucketPolicy", "s3:PutBucketPolicy", "s3:DeleteBucketPolicy");

  @Override
  public Optional<AccessDenial> denial(AccessCheck check, CallContext context) {
    if (mode == IamMode.OFF) {
      return Optional.empty();
    }
    Optional<IamCaller> found = callers.of(context.caller());
    if (found.isEmpty()) {
      return Optional.empty();
    }
    boolean trust = TRUST_ACTIONS.contains(check.action());
    IamCaller caller = found.get();
    if (trust && caller.principal() instanceof IamPrincipal.Root && caller.session().isEmpty()) {
      caller = callers.administrator();
    }
    Decision decision = decide(caller, check, context, trust);
    journal.record(
        new IamEvents.PermissionDecided(
            caller.shown(), check.action(), check.resource(), decision, context.requestId()));
    report.add(caller, check, decision);
    context.caller().accessKey().ifPresent(key -> noteUse(key, check, context));
    if (decision.allowed() || mode != IamMode.ENFORCE) {
      return Optional.empty();
    }
    return Optional.of(
        new AccessDenial(
            caller.shown(), check.action(), check.resource(), decision.tail(check.action())));
  }

  private void noteUse(String key, AccessCheck check, CallContext context) {
    if (key.startsWith("AKIA")) {
      String service = check.action().substring(0, check.action().indexOf(':'));
      var use = new UserKey.Use(keys.second(), service, context.region());
      new UserKeyring(store).used(key, use);
    }
  }

  private Decision decide(IamCaller caller, AccessCheck check, CallContext context, boolean trust) {
    String owner = owner(check.resource(), context.account());
    boolean unlocks =
        UNLOCKING.contains(check.action()) && caller.principal() instanceof IamPrincipal.Root;
    Optional<Policy> resource =
        trust ? trust(check.resource()) : unlocks ? Optional.empty() : resource(check);
    return PolicyEngine.decide(
        new AccessQuery(
            caller.principal(),
            check.action(),
            check.resource(),
            owner,
            ConditionKeys.lazily(() -> keys.of(caller, context, check.keys(), owner))),
        new PolicySources(caller.identity(), caller.boundary(), caller.session(), resource, trust));
  }

  /** AWS's own policies, whose ARNs have no number of an account, count as the account's. */
  private static String owner(String resource, String account) {
    if (!resource.startsWith("arn:")) {
      return account;
    }
    int start = 0;
    for (int part = 0; part < 4; part++) {
      start = resource.indexOf(':', start) + 1;
      if (start == 0) {
        return account;
      }
    }
    int end = start + account.length();
    boolean named = resource.indexOf(':', start) == end;
    return named ? resource.substring(start, end) : account;
  }

  private Optional<Policy> trust(String roleArn) {
    return store
        .exclusively(() -> store.roleOfArn(roleArn).map(role -> new Document(roleArn, role.trust)))
        .flatMap(compiled::of);
  }

  private Optional<Policy> resource(AccessCheck check) {
    if (!check.resource().startsWith("arn:")) {
      return Optional.empty();
    }
    String prefix = check.action().substring(0, Math.max(0, check.action().indexOf(':')));
    List<AwsService> known = services.get(prefix);
    for (AwsService service :
        known == null ? services.computeIfAbsent(prefix, this::find) : known) {
      Optional<String> json = service.resourcePolicy(check.resource());
      if (json.isPresent()) {
        return compiled.of(new Document(check.resource(), json.get()));
      }
    }
    return Optional.empty();
  }

  private List<AwsService> find(String prefix) {
    return dispatcher.services().stream()
        .filter(service -> service.actionPrefixes().contains(prefix))
        .toList();
  }

  @Override
  public boolean mayAllow(String roleArn, String action, String resource) {
    return roles.mayAllow(roleArn, action, resource);
  }

  @Override
  public boolean trusts(
      String roleArn, String service, @Nullable String sourceArn, @Nullable String sourceAccount) {
    boolean trusted = roles.trusts(roleArn, service, sourceArn, sourceAccount);
    if (mode != IamMode.OFF) {
      journal.record(new IamEvents.TrustDecided(service, roleArn, trusted));
    }
    return trusted;
  }

  /** The decision point of a simulator. */
  static DecisionPoint of(ServiceContext context, IamStore store) {
    IamSettings settings = context.settings().get(IamSettings.class, IamSettings.DEFAULT);
    var compiled = new CompiledPolicies();
    return new DecisionPoint(
        settings.mode(),
        store,
        new IamCallers(
            store,
            compiled,
            context.contracts().later(AccessKeys.class),
            context.account(),
            settings.unknownKeys()),
        compiled,
        new ContextKeys(context.clock()),
        new RolePolicies(store, compiled),
        new UsageReport(settings.mode() == IamMode.RECORD),
        context.journal(),
        context.dispatcher(),
        new ConcurrentHashMap<>());
  }
}
