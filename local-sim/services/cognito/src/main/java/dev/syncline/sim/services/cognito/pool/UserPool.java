// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cognito.pool;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A user pool. Immutable: {@code settings} is never changed after construction.
 *
 * @param id such as {@code us-east-1_Ab1Cd2Ef3}
 * @param settings the other members of {@code DescribeUserPool}'s answer, with their defaults
 */
public record UserPool(
    String id, String arn, String name, Instant created, Instant modified, ObjectNode settings) {
  /**
   * The member of the settings that DescribeUserPool does not show: what SetUserPoolMfaConfig set,
   * as GetUserPoolMfaConfig shows it.
   */
  public static final String MFA_SETTINGS = "MfaSettings";

  /** This pool with other settings. */
  public UserPool withSettings(ObjectNode newSettings, Instant now) {
    return new UserPool(id, arn, name, created, now, newSettings);
  }

  /** Whether users may have a software token as a factor. */
  public boolean softwareTokenMfa() {
    return setting("/MfaSettings/SoftwareTokenMfaConfiguration/Enabled").asBoolean(false);
  }

  /** Whether users may have codes by e-mail as a factor. */
  public boolean emailMfa() {
    return settings.path(MFA_SETTINGS).has("EmailMfaConfiguration");
  }

  /** Whether users may have codes by SMS as a factor. */
  public boolean smsMfa() {
    return settings.has("SmsConfiguration") && !mfa().equals("OFF");
  }

  /** Whether users may have a factor other than codes by SMS. */
  public boolean hasOtherFactor() {
    return softwareTokenMfa() || emailMfa();
  }

  /** The part of the id after the underscore, which SRP hashes. */
  public String shortId() {
    return id.substring(id.indexOf('_') + 1);
  }

  /** The region in the id. */
  public String region() {
    return id.substring(0, id.indexOf('_'));
  }

  /** {@code iss} of the pool's tokens as AWS names it. */
  public String issuer() {
    return "https://cognito-idp." + region() + ".amazonaws.com/" + id;
  }

  /** A setting by its path, such as {@code /Policies/PasswordPolicy/MinimumLength}. */
  public JsonNode setting(String pointer) {
    return settings.at(pointer);
  }

  /** The attributes that users may give as their user name; {@code email}, {@code phone_number}. */
  public List<String> usernameAttributes() {
    return texts("UsernameAttributes");
  }

  /** The attributes that users may sign in with instead of their user name. */
  public List<String> aliasAttributes() {
    return texts("AliasAttributes");
  }

  /** The attributes that are verified by a code at sign-up. */
  public List<String> autoVerifiedAttributes() {
    return texts("AutoVerifiedAttributes");
  }

  /** Whether user names and aliases differ by case. */
  public boolean caseSensitive() {
    return settings.at("/UsernameConfiguration/CaseSensitive").asBoolean(true);
  }

  /** {@code OFF}, {@code OPTIONAL} or {@code ON}. */
  public String mfa() {
    return settings.path("MfaConfiguration").asText("OFF");
  }

  private List<String> texts(String member) {
    var texts = new ArrayList<String>();
    settings.path(member).forEach(text -> texts.add(text.asText()));
    return texts;
  }
}
