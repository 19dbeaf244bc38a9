// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.iam;

import dev.syncline.sim.iam.IamPrincipal;
import dev.syncline.sim.iam.Policy;
import dev.syncline.sim.kernel.Arn;
import dev.syncline.sim.service.CallPrincipal;
import dev.syncline.sim.service.UniqueIds;
import dev.syncline.sim.service.contract.AccessKeys;
import dev.syncline.sim.service.contract.AccessKeys.AccessKey;
import dev.syncline.sim.service.contract.AccessKeys.SessionFacts;
import dev.syncline.sim.services.iam.IamPolicies.Applied;
import dev.syncline.sim.services.iam.IamPolicies.Document;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Finds the principals of calls. A result is kept until a record of IAM changes. Thread-safe.
 *
 * <p>The account's root user is everyone whose key neither IAM nor STS issued, if that is allowed,
 * and the local user.
 */
final class IamCallers {
  private static final int MAX_KEPT = 10_000;

  private record Kept(long version, IamCaller caller) {}

  private final IamStore store;
  private final IamPolicies policies;
  private final CompiledPolicies compiled;
  private final Supplier<AccessKeys> keys;
  private final String account;
  private final boolean unknownKeys;
  private final Map<CallPrincipal, Kept> kept = new ConcurrentHashMap<>();

  /**
   * The callers of one account.
   *
   * @param unknownKeys whether a key that neither IAM nor STS issued is the root user's
   */
  IamCallers(
      IamStore store,
      CompiledPolicies compiled,
      Supplier<AccessKeys> keys,
      String account,
      boolean unknownKeys) {
    this.store = store;
    this.policies = new IamPolicies(store);
    this.compiled = compiled;
    this.keys = keys;
    this.account = account;
    this.unknownKeys = unknownKeys;
  }

  /** The caller; empty for the simulator itself, which needs no permission. */
  Optional<IamCaller> of(CallPrincipal principal) {
    if (principal instanceof CallPrincipal.Internal) {
      return Optional.empty();
    }
    long version = store.version();
    Kept known = kept.get(principal);
    if (known != null && known.version == version) {
      return Optional.of(known.caller);
    }
    Optional<IamCaller> found = find(principal);
    if (kept.size() >= MAX_KEPT) {
      kept.clear();
    }
    found.ifPresent(caller -> kept.put(principal, new Kept(version, caller)));
    return found;
  }

  private Optional<IamCaller> find(CallPrincipal principal) {
    return switch (principal) {
      case CallPrincipal.Internal internal -> Optional.empty();
      case CallPrincipal.Anonymous anonymous -> Optional.of(anonymous());
      case CallPrincipal.Service service -> Optional.of(service(service));
      case CallPrincipal.Signed signed -> Optional.of(signed(signed.accessKeyId()));
      case CallPrincipal.RoleSession session -> Optional.of(role(session));
      case CallPrincipal.Forwarded forwarded ->
          of(forwarded.caller()).map(caller -> forwarded(caller, forwarded.via()));
    };
  }

  private static IamCaller forwarded(IamCaller caller, String via) {
    var chain = new ArrayList<>(caller.keys().getOrDefault(ContextKeys.CALLED_VIA, List.of()));
    chain.add(via);
    return caller.with(
        Map.of(
            ContextKeys.VIA_SERVICE,
            List.of("true"),
            ContextKeys.CALLED_VIA,
            chain,
            "aws:calledviafirst",
            List.of(chain.get(0)),
            "aws:calledvialast",
            List.of(via)));
  }

  private static IamCaller anonymous() {
    return limited(
        IamPrincipal.ANONYMOUS,
        "anonymous",
        "",
        Map.of("aws:principaltype", List.of("Anonymous"), "aws:userid", List.of("anonymous")));
  }

  private IamCaller service(CallPrincipal.Service service) {
    var facts = new HashMap<String, List<String>>();
    facts.put("aws:principalisawsservice", List.of("true"));
    facts.put("aws:principalservicename", List.of(service.principal()));
    facts.put("aws:principalservicenameslist", List.of(service.principal()));
    put(facts, "aws:sourcearn", service.sourceArn());
    put(facts, "aws:sourceaccount", service.sourceAccount());
    return limited(
        new IamPrincipal.Service(service.principal()),
        service.principal(),
        service.principal(),
        facts);
  }

  private static IamCaller limited(
      IamPrincipal principal, String shown, String owner, Map<String, List<String>> facts) {
    return new IamCaller(
        principal, shown, owner, facts, List.of(), Optional.empty(), Optional.empty());
  }

  /** The account's root user. */
  IamCaller root(Optional<List<Policy>> session) {
    String arn = IamArns.of(account, "root");
    var facts = ContextKeys.principal(arn, account, "Account", account);
    return new IamCaller(
        new IamPrincipal.Root(account), arn, arn, facts, List.of(), Optional.empty(), session);
  }

  private IamCaller signed(String accessKeyId) {
    Optional<AccessKey> key = keys.get().find(accessKeyId);
    if (key.isEmpty()) {
      boolean believed = unknownKeys && !keys.get().isDisabled(accessKeyId);
      return believed ? root(Optional.empty()) : anonymous();
    }
    SessionFacts facts = key.get().session();
    if (facts == null) {
      return policies
          .holder(key.get().principalArn())
          .filter(user -> user.identity.id().equals(key.get().userId()))
          .map(user -> user(user, facts(user)))
          .orElseGet(() -> root(Optional.empty()));
    }
    if (facts.roleArn() != null) {
      return role(facts.roleArn(), key.get().principalArn(), key.get().userId(), facts);
    }
    return ofUserSession(key.get(), facts);
  }

  /** A session of {@code GetSessionToken} or {@code GetFederationToken}. */
  private IamCaller ofUserSession(AccessKey key, SessionFacts session) {
    var issued = new HashMap<String, List<String>>();
    issued.put("aws:tokenissuetime", List.of(session.issued().toString()));
    issued.put("aws:multifactorauthpresent", List.of(String.valueOf(session.mfa())));
    session.tags().forEach((tag, value) -> put(issued, ContextKeys.PRINCIPAL_TAG + tag, value));
    Optional<PolicyHolder> user = Optional.ofNullable(session.userArn()).flatMap(policies::holder);
    boolean federated = key.principalArn().contains(":federated-user/");
    // A federated user may do only what a session policy allows.
    Optional<List<Policy>> limits = federated ? Optional.of(session(session)) : Optional.empty();
    IamCaller owner = user.map(found -> user(found, facts(found))).orElseGet(() -> root(limits));
    if (!federated) {
      return owner.with(issued);
    }
    String arn = key.principalArn();
    var facts = ContextKeys.principal(arn, account, "FederatedUser", key.userId());
    facts.putAll(issued);
    boolean ofRoot = owner.principal() instanceof IamPrincipal.Root;
    return new IamCaller(
        new IamPrincipal.FederatedUser(arn, account),
        arn,
        owner.owner(),
        facts,
        ofRoot ? compiled.of(List.of(ContextKeys.EVERYTHING)) : owner.identity(),
        owner.boundary(),
        limits);
  }

  private Map<String, List<String>> facts(PolicyHolder user) {
    var facts = ContextKeys.principal(user.identity.arn(), account, "User", user.identity.id());
    facts.put("aws:username", List.of(user.identity.name()));
    user.tags.forEach((tag, value) -> put(facts, ContextKeys.PRINCIPAL_TAG + tag, value));
    return facts;
  }

  private IamCaller user(PolicyHolder user, Map<String, List<String>> facts) {
    Applied applied = policies.of(user);
    String arn = user.identity.arn();
    return new IamCaller(
        new IamPrincipal.User(arn, user.identity.id(), account),
        arn,
        arn,
        facts,
        compiled.of(applied.identity()),
        applied.boundary().flatMap(compiled::of),
        Optional.empty());
  }

  /**
   * The local user where a user is needed: the root user cannot assume a role, but an administrator
   * can.
   */
  IamCaller administrator() {
    String arn = IamArns.of(account, "user/local");
    String id = UniqueIds.of("AIDA", arn);
    var facts = ContextKeys.principal(arn, account, "User", id);
    facts.put("aws:username", List.of("local"));
    return new IamCaller(
        new IamPrincipal.User(arn, id, account),
        arn,
        arn,
        facts,
        compiled.of(List.of(ContextKeys.EVERYTHING)),
        Optional.empty(),
        Optional.empty());
  }

  private IamCaller role(CallPrincipal.RoleSession session) {
    Arn role = Arn.parse(session.roleArn());
    String name = role.resource().substring(role.resource().lastIndexOf('/') + 1);
    String arn =
        Arn.aws("sts", "", role.account(), "assumed-role/" + name + "/" + session.sessionName());
    String id =
        store
            .roleOfArn(session.roleArn())
            .map(found -> found.identity.id())
            .orElseGet(() -> UniqueIds.of("AROA", session.roleArn()));
    return role(session.roleArn(), arn, id + ":" + session.sessionName(), null);
  }

  private IamCaller role(
      String roleArn, String sessionArn, String userId, @Nullable SessionFacts session) {
    String owner = Arn.parse(roleArn).account();
    var facts = ContextKeys.principal(roleArn, owner, "AssumedRole", userId);
    Optional<Role> role = store.roleOfArn(roleArn);
    role.ifPresent(
        found ->
            found.tags.forEach((tag, value) -> put(facts, ContextKeys.PRINCIPAL_TAG + tag, value)));
    facts.put(
        "aws:multifactorauthpresent", List.of(String.valueOf(session != null && session.mfa())));
    if (session != null) {
      session.tags().forEach((tag, value) -> put(facts, ContextKeys.PRINCIPAL_TAG + tag, value));
      facts.put("aws:tokenissuetime", List.of(session.issued().toString()));
      put(facts, "aws:sourceidentity", session.sourceIdentity());
      put(facts, "aws:federatedprovider", session.provider());
      facts.putAll(session.providerKeys());
    }
    Applied applied = role.map(policies::of).orElse(Applied.NONE);
    String provider = session == null || session.provider() == null ? "" : session.provider();
    return new IamCaller(
        new IamPrincipal.RoleSession(
            roleArn,
            userId.substring(0, Math.max(0, userId.indexOf(':'))),
            sessionArn,
            owner,
            provider),
        sessionArn,
        roleArn,
        facts,
        compiled.of(applied.identity()),
        applied.boundary().flatMap(compiled::of),
        session == null || session.policies().isEmpty()
            ? Optional.empty()
            : Optional.of(session(session)));
  }

  private List<Policy> session(SessionFacts session) {
    return compiled.of(
        session.policies().stream().map(json -> new Document("session policy", json)).toList());
  }

  private static void put(Map<String, List<String>> facts, String key, @Nullable String value) {
    if (value != null) {
      facts.put(key, List.of(value));
    }
  }
}
