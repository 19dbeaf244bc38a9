// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.iam;

import dev.syncline.sim.service.Input;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.service.Output;
import dev.syncline.sim.service.Tags;
import java.util.List;
import java.util.function.Predicate;

/** The operations on instance profiles. Thread-safe. */
record InstanceProfileOperations(RecordFactory factory, IamStore store) {
  private static final int MAX_NAME_LENGTH = 128;
  private static final int MAX_PROFILES = 1000;

  List<Operation> operations() {
    return List.of(
        Operation.of(
            "CreateInstanceProfile: InstanceProfileName, Path, Tags",
            store.exclusive(this::create)),
        Operation.of("GetInstanceProfile: InstanceProfileName", store.exclusive(this::get)),
        Operation.of("DeleteInstanceProfile: InstanceProfileName", store.exclusive(this::delete)),
        Operation.of(
            "ListInstanceProfiles: PathPrefix, Marker, MaxItems",
            store.exclusive(
                input -> {
                  String prefix = input.text("PathPrefix").orElse("/");
                  return list(input, each -> each.identity.path().startsWith(prefix));
                })),
        Operation.of(
            "ListInstanceProfilesForRole: RoleName, Marker, MaxItems",
            store.exclusive(
                input -> {
                  String role = store.role(input.requiredText("RoleName")).identity.name();
                  return list(input, each -> role.equals(each.role));
                })),
        Operation.of(
            "AddRoleToInstanceProfile: InstanceProfileName, RoleName", store.exclusive(this::add)),
        Operation.of(
            "RemoveRoleFromInstanceProfile: InstanceProfileName, RoleName",
            store.exclusive(this::remove)),
        Operation.of(
            "TagInstanceProfile: InstanceProfileName, Tags",
            store.exclusive(input -> Tags.add(input, profile(input).tags))),
        Operation.of(
            "UntagInstanceProfile: InstanceProfileName, TagKeys",
            store.exclusive(input -> Tags.remove(input, profile(input).tags))),
        Operation.of(
            "ListInstanceProfileTags: InstanceProfileName, Marker, MaxItems",
            store.exclusive(
                input ->
                    IamPages.list(
                        input, "Tags", IamJson.entries(profile(input).tags), IamJson::tag))));
  }

  private Output create(Input input) {
    String name =
        IamNames.checkedName(
            "instanceProfileName", input.requiredText("InstanceProfileName"), MAX_NAME_LENGTH);
    String path = RecordFactory.path(input);
    if (store.profiles.sameKey(name).isPresent()) {
      throw IamErrors.profileExists(name);
    }
    if (store.profiles.all().size() >= MAX_PROFILES) {
      throw IamErrors.quota("InstanceProfilesPerAccount", MAX_PROFILES);
    }
    var profile = new InstanceProfile(factory.identity("AIPA", "instance-profile", name, path));
    profile.tags.putAll(Tags.read(input, "Tags"));
    store.profiles.put(name, profile);
    return IamJson.wrapped("InstanceProfile", IamJson.profile(profile, store, true));
  }

  private Output get(Input input) {
    return IamJson.wrapped("InstanceProfile", IamJson.profile(profile(input), store, true));
  }

  private Output delete(Input input) {
    InstanceProfile profile = profile(input);
    if (profile.role != null) {
      throw IamErrors.mustFirst("remove roles from instance profile");
    }
    store.profiles.remove(profile.identity.name());
    return Output.empty();
  }

  private Output list(Input input, Predicate<InstanceProfile> wanted) {
    return IamPages.list(
        input,
        "InstanceProfiles",
        store.profiles.all().stream().filter(wanted).toList(),
        (items, each) -> items.add(IamJson.profile(each, store, false)));
  }

  private Output add(Input input) {
    InstanceProfile profile = profile(input);
    Role role = store.role(input.requiredText("RoleName"));
    if (profile.role != null) {
      throw IamErrors.quota("InstanceSessionsPerInstanceProfile", 1);
    }
    profile.role = role.identity.name();
    return Output.empty();
  }

  private Output remove(Input input) {
    InstanceProfile profile = profile(input);
    String role = store.role(input.requiredText("RoleName")).identity.name();
    if (!role.equals(profile.role)) {
      throw IamErrors.noSuchRole(role);
    }
    profile.role = null;
    return Output.empty();
  }

  private InstanceProfile profile(Input input) {
    return store.profiles.get(input.requiredText("InstanceProfileName"));
  }
}
