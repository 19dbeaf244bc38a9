// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cognito.message;

import com.fasterxml.jackson.databind.JsonNode;
import dev.syncline.sim.services.cognito.pool.UserMessages.Message;
import dev.syncline.sim.services.cognito.pool.UserPool;

/** The texts of messages: the pool's own, or AWS's defaults. Stateless. */
final class MessageTexts {
  private static final String ADMIN = "AdminCreateUser";
  private static final String SIGN_IN = "Authentication";

  private MessageTexts() {}

  /** The text of a message before the code is filled in. */
  static String text(Message message, boolean email) {
    UserPool pool = message.pool();
    if (message.kind().equals(ADMIN)) {
      JsonNode template = pool.setting("/AdminCreateUserConfig/InviteMessageTemplate");
      return template
          .path(email ? "EmailMessage" : "SMSMessage")
          .asText("Your username is {username} and temporary password is {####}.");
    }
    if (message.kind().equals(SIGN_IN)) {
      String standard = "Your authentication code is {####}.";
      return email
          ? pool.setting("/MfaSettings/EmailMfaConfiguration/Message").asText(standard)
          : pool.setting("/SmsAuthenticationMessage").asText(standard);
    }
    JsonNode template = pool.setting("/VerificationMessageTemplate");
    return email
        ? template.path("EmailMessage").asText("Your confirmation code is {####}")
        : template.path("SmsMessage").asText("Your confirmation code is {####}");
  }

  /** The subject of an e-mail. */
  static String subject(Message message) {
    UserPool pool = message.pool();
    return switch (message.kind()) {
      case ADMIN ->
          pool.setting("/AdminCreateUserConfig/InviteMessageTemplate/EmailSubject")
              .asText("Your temporary password");
      case SIGN_IN ->
          pool.setting("/MfaSettings/EmailMfaConfiguration/Subject")
              .asText("Your authentication code");
      default ->
          pool.setting("/VerificationMessageTemplate/EmailSubject")
              .asText("Your verification code");
    };
  }
}
