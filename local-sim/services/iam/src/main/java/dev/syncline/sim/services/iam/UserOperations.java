// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.iam;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.CallContext;
import dev.syncline.sim.service.Input;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.service.Output;
import dev.syncline.sim.service.Tags;
import java.util.List;

/**
 * The operations on users and their console sign-in. The user {@code local} always exists: every
 * key belongs to it that was not issued. Thread-safe.
 */
record UserOperations(RecordFactory factory, IamStore store, CallingUser calling) {
  private static final int MAX_NAME_LENGTH = 64;
  private static final int MAX_USERS = 5000;

  List<Operation> operations() {
    return List.of(
        Operation.of(
            "CreateUser: UserName, Path, PermissionsBoundary, Tags", store.exclusive(this::create)),
        Operation.of("GetUser: UserName", this::get),
        Operation.of("UpdateUser: UserName, NewPath, NewUserName", store.exclusive(this::update)),
        Operation.of("DeleteUser: UserName", store.exclusive(this::delete)),
        Operation.of("ListUsers: PathPrefix, Marker, MaxItems", store.exclusive(this::list)),
        Operation.of(
            "TagUser: UserName, Tags", store.exclusive(input -> Tags.add(input, user(input).tags))),
        Operation.of(
            "UntagUser: UserName, TagKeys",
            store.exclusive(input -> Tags.remove(input, user(input).tags))),
        Operation.of("ListUserTags: UserName, Marker, MaxItems", store.exclusive(this::listTags)),
        Operation.of(
            "CreateLoginProfile: UserName, Password, PasswordResetRequired",
            store.exclusive(this::createLogin)),
        Operation.of("GetLoginProfile: UserName", store.exclusive(this::getLogin)),
        Operation.of(
            "UpdateLoginProfile: UserName, Password, PasswordResetRequired",
            store.exclusive(this::updateLogin)),
        Operation.of("DeleteLoginProfile: UserName", store.exclusive(this::deleteLogin)));
  }

  private Output create(Input input) {
    String name = IamNames.checkedName("userName", input.requiredText("UserName"), MAX_NAME_LENGTH);
    String path = RecordFactory.path(input);
    if (store.users.sameKey(name).isPresent()) {
      throw IamErrors.exists("User", name);
    }
    if (store.users.all().size() >= MAX_USERS) {
      throw IamErrors.quota("UsersPerAccount", MAX_USERS);
    }
    var user = new IamUser(factory.identity("AIDA", "user", name, path));
    user.boundary = input.text("PermissionsBoundary").map(store::boundary).orElse(null);
    user.tags.putAll(Tags.read(input, "Tags"));
    store.users.put(name, user);
    return IamJson.wrapped("User", IamJson.user(user, true));
  }

  private Output get(Input input, CallContext context) {
    return store.exclusively(
        () -> {
          String name = input.text("UserName").or(() -> calling.name(context)).orElse("local");
          if (name.equals("local") && store.users.find(name).isEmpty()) {
            return IamJson.wrapped("User", calling.local());
          }
          return IamJson.wrapped("User", IamJson.user(store.users.get(name), true));
        });
  }

  private Output update(Input input) {
    IamUser user = user(input);
    String old = user.identity.name();
    String name =
        input
            .text("NewUserName")
            .map(text -> IamNames.checkedName("newUserName", text, MAX_NAME_LENGTH))
            .orElse(old);
    String path = input.text("NewPath").map(IamNames::checkedPath).orElse(user.identity.path());
    if (!name.equalsIgnoreCase(old) && store.users.sameKey(name).isPresent()) {
      throw IamErrors.exists("User", name);
    }
    List<IamGroup> groups = store.groupsOf(user);
    store.users.remove(old);
    user.identity = factory.renamed(user.identity, "user", name, path);
    store.users.put(name, user);
    for (IamGroup group : groups) {
      group.members.remove(old);
      group.members.add(name);
    }
    return Output.empty();
  }

  private Output delete(Input input) {
    IamUser user = user(input);
    if (!store.groupsOf(user).isEmpty()) {
      throw IamErrors.mustFirst("remove users from group");
    }
    if (!user.attached.isEmpty()) {
      throw IamErrors.mustFirst("detach all policies");
    }
    if (!user.inline.isEmpty()) {
      throw IamErrors.mustFirst("delete policies");
    }
    if (!user.keys.isEmpty()) {
      throw IamErrors.mustFirst("delete access keys");
    }
    if (user.login != null) {
      throw IamErrors.mustFirst("delete login profile");
    }
    store.users.remove(user.identity.name());
    return Output.empty();
  }

  private Output list(Input input) {
    String prefix = input.text("PathPrefix").orElse("/");
    List<IamUser> found =
        store.users.all().stream().filter(user -> user.identity.path().startsWith(prefix)).toList();
    return IamPages.list(
        input, "Users", found, (items, user) -> items.add(IamJson.user(user, false)));
  }

  private Output listTags(Input input) {
    return IamPages.list(input, "Tags", IamJson.entries(user(input).tags), IamJson::tag);
  }

  private Output createLogin(Input input) {
    IamUser user = user(input);
    if (user.login != null) {
      throw IamErrors.loginExists(user.identity.name());
    }
    input.requiredText("Password");
    user.login = new LoginProfile(factory.now(), input.bool("PasswordResetRequired", false));
    return IamJson.wrapped("LoginProfile", login(user, user.login));
  }

  private Output getLogin(Input input) {
    IamUser user = user(input);
    return IamJson.wrapped("LoginProfile", login(user, login(user)));
  }

  private Output updateLogin(Input input) {
    IamUser user = user(input);
    LoginProfile before = login(user);
    user.login =
        new LoginProfile(
            before.created(), input.bool("PasswordResetRequired", before.resetRequired()));
    return Output.empty();
  }

  private Output deleteLogin(Input input) {
    IamUser user = user(input);
    login(user);
    user.login = null;
    return Output.empty();
  }

  private static LoginProfile login(IamUser user) {
    if (user.login == null) {
      throw IamErrors.noLogin(user.identity.name());
    }
    return user.login;
  }

  private static ObjectNode login(IamUser user, LoginProfile login) {
    return Json.object()
        .put("UserName", user.identity.name())
        .put("CreateDate", login.created().toString())
        .put("PasswordResetRequired", login.resetRequired());
  }

  private IamUser user(Input input) {
    return store.users.get(input.requiredText("UserName"));
  }
}
