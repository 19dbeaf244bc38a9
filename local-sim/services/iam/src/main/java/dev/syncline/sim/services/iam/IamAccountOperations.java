// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.iam;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.Input;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.service.Output;
import java.util.List;
import java.util.regex.Pattern;

/** The operations on the account as a whole. Thread-safe. */
record IamAccountOperations(IamStore store) {
  private static final Pattern ALIAS = Pattern.compile("[a-z0-9]([a-z0-9]|-(?!-)){1,61}[a-z0-9]");

  List<Operation> operations() {
    return List.of(
        Operation.of("CreateAccountAlias: AccountAlias", store.exclusive(this::createAlias)),
        Operation.of("DeleteAccountAlias: AccountAlias", store.exclusive(this::deleteAlias)),
        Operation.of("ListAccountAliases: Marker, MaxItems", store.exclusive(this::listAliases)),
        Operation.of("GetAccountSummary", store.exclusive(this::summary)));
  }

  private Output createAlias(Input input) {
    String alias = input.requiredText("AccountAlias");
    if (!ALIAS.matcher(alias).matches()) {
      throw IamErrors.invalidAlias(alias);
    }
    if (store.alias.equals(alias)) {
      throw IamErrors.aliasExists(alias);
    }
    store.alias = alias;
    return Output.empty();
  }

  private Output deleteAlias(Input input) {
    String alias = input.requiredText("AccountAlias");
    if (!store.alias.equals(alias)) {
      throw IamErrors.noSuchAlias(alias);
    }
    store.alias = "";
    return Output.empty();
  }

  private Output listAliases(Input input) {
    return IamPages.list(
        input,
        "AccountAliases",
        store.alias.isEmpty() ? List.of() : List.of(store.alias),
        ArrayNode::add);
  }

  private Output summary(Input input) {
    ObjectNode answer = Json.object();
    ObjectNode map = answer.putObject("SummaryMap");
    map.put("Users", store.users.all().size())
        .put("UsersQuota", 5000)
        .put("Groups", store.groups.all().size())
        .put("GroupsQuota", 300)
        .put("GroupsPerUserQuota", 10)
        .put("Roles", store.roles().size())
        .put("RolesQuota", 1000)
        .put("Policies", store.policies().size())
        .put("PoliciesQuota", 1500)
        .put(
            "PolicyVersionsInUse",
            store.policies().stream().mapToInt(policy -> policy.versions.size()).sum())
        .put("PolicyVersionsInUseQuota", 10_000)
        .put("VersionsPerPolicyQuota", 5)
        .put("PolicySizeQuota", 6144)
        .put("UserPolicySizeQuota", 2048)
        .put("GroupPolicySizeQuota", 5120)
        .put("RolePolicySizeQuota", 10_240)
        .put("AssumeRolePolicySizeQuota", 2048)
        .put("AttachedPoliciesPerUserQuota", 10)
        .put("AttachedPoliciesPerGroupQuota", 10)
        .put("AttachedPoliciesPerRoleQuota", 10)
        .put("AccessKeysPerUserQuota", 2)
        .put("InstanceProfiles", store.profiles.all().size())
        .put("InstanceProfilesQuota", 1000)
        .put("Providers", store.providers.all().size())
        .put("ServerCertificates", 0)
        .put("ServerCertificatesQuota", 20)
        .put("SigningCertificatesPerUserQuota", 2)
        .put("MFADevices", 0)
        .put("MFADevicesInUse", 0)
        .put("AccountMFAEnabled", 0)
        .put("AccountAccessKeysPresent", 0)
        .put("AccountPasswordPresent", 1)
        .put("AccountSigningCertificatesPresent", 0)
        .put("GlobalEndpointTokenVersion", 1);
    return Output.of(answer);
  }
}
