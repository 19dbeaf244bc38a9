// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cognito;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.services.cognito.pool.PoolAttributes;
import dev.syncline.sim.services.cognito.pool.PoolUser;
import dev.syncline.sim.services.cognito.pool.UserFactors;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/** Writes users as the answers of several operations show them. Member presence as recorded. */
public final class UserJson {
  private UserJson() {}

  /** A user in a list, with every attribute. */
  static ObjectNode user(PoolUser user) {
    return user(user, "Attributes", user.attributes(), true);
  }

  /** A user in a list, with some attributes; an empty collection stands for every one. */
  static ObjectNode user(PoolUser user, Collection<String> names) {
    if (names.isEmpty()) {
      return user(user);
    }
    Map<String, String> chosen = new LinkedHashMap<>(user.attributes());
    chosen.keySet().retainAll(names);
    return user(user, "Attributes", chosen, names.contains("sub"));
  }

  /** AdminGetUser's answer. */
  static ObjectNode described(PoolUser user) {
    ObjectNode json = user(user, "UserAttributes", user.attributes(), true);
    addFactors(json, user.factors());
    return json;
  }

  private static ObjectNode user(
      PoolUser user, String member, Map<String, String> attributes, boolean sub) {
    ObjectNode json = Json.object().put("Username", user.username());
    json.set(member, PoolAttributes.write(attributes, sub ? user.sub() : null));
    json.set("UserCreateDate", Json.epochSeconds(user.created()));
    json.set("UserLastModifiedDate", Json.epochSeconds(user.modified()));
    return json.put("Enabled", user.enabled()).put("UserStatus", user.status().name());
  }

  /** Adds the members about factors that GetUser and AdminGetUser share; none are absent. */
  public static void addFactors(ObjectNode json, UserFactors factors) {
    if (factors.preferred() != null) {
      json.put("PreferredMfaSetting", factors.preferred());
    }
    var list = Json.array();
    if (factors.smsEnabled()) {
      list.add("SMS_MFA");
    }
    if (factors.totpEnabled()) {
      list.add("SOFTWARE_TOKEN_MFA");
    }
    if (factors.emailEnabled()) {
      list.add("EMAIL_OTP");
    }
    if (!list.isEmpty()) {
      json.set("UserMFASettingList", list);
    }
  }
}
