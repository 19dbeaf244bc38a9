// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cognito.oauth;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.service.http.HttpResponse;
import dev.syncline.sim.services.cognito.oauth.LoginPages.Field;
import dev.syncline.sim.services.cognito.trigger.LambdaTriggers;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The forms of a sign-in: the password, then the answer to each challenge. Thread-safe. */
record LoginSteps(HostedSignIn signIn) {
  private static final String NEW_PASSWORD = "NEW_PASSWORD_REQUIRED";

  /** The names of codes by challenge. */
  private static final Map<String, String> CODES =
      Map.of(
          "SOFTWARE_TOKEN_MFA", "SOFTWARE_TOKEN_MFA_CODE",
          "SMS_MFA", "SMS_MFA_CODE",
          "EMAIL_OTP", "EMAIL_OTP_CODE");

  /** The result of a form: a page, or the name of the user who has signed in. */
  sealed interface Result {
    /** The next page. */
    record Page(HttpResponse page) implements Result {}

    /** A sign-in is complete. */
    record SignedIn(String username) implements Result {}
  }

  /** The first form. */
  static HttpResponse first(OAuthSite site, String formToken, String error) {
    return LoginPages.form(
        "Sign in",
        action(site),
        Map.of("_csrf", formToken),
        List.of(
            new Field("username", "User name", "text", "username"),
            new Field("password", "Password", "password", "current-password")),
        "Sign in",
        error);
  }

  private static String action(OAuthSite site) {
    return site.at("/login") + "?" + site.request().rawQuery();
  }

  /**
   * Carries out a form.
   *
   * @throws OAuthRefusal an error of a trigger, for the application
   */
  Result next(OAuthSite site, AuthorizeRequest asked, OAuthParameters form, String formToken)
      throws OAuthRefusal {
    String challenge = form.text("challenge");
    try {
      ObjectNode answer =
          challenge.isEmpty()
              ? signIn.start(
                  site.pool(), asked.client(), form.text("username"), form.text("password"))
              : signIn.answer(
                  site.pool(), asked.client(), challenge, form.text("session"), answers(form));
      Optional<String> username = HostedSignIn.signedIn(answer);
      return username.isPresent()
          ? new Result.SignedIn(username.get())
          : new Result.Page(
              challenge(
                  site,
                  formToken,
                  answer.path("ChallengeName").asText(),
                  answer.path("Session").asText(),
                  form.text("username"),
                  ""));
    } catch (AwsException refused) {
      if (LambdaTriggers.caused(refused)) {
        throw new OAuthRefusal("invalid_request", refused.text());
      }
      boolean again =
          !challenge.isEmpty()
              && (refused.code().equals("InvalidPasswordException")
                  || refused.code().equals("CodeMismatchException"));
      return new Result.Page(
          again
              ? challenge(
                  site,
                  formToken,
                  challenge,
                  form.text("session"),
                  form.text("username"),
                  refused.text())
              : first(site, formToken, refused.text()));
    }
  }

  private static Map<String, String> answers(OAuthParameters form) {
    var answers = new LinkedHashMap<String, String>();
    answers.put("USERNAME", form.text("username"));
    form.values()
        .forEach(
            (name, value) -> {
              if (name.equals("NEW_PASSWORD") || CODES.containsValue(name)) {
                answers.put(name, value);
              }
            });
    return answers;
  }

  private static HttpResponse challenge(
      OAuthSite site,
      String formToken,
      String challenge,
      String session,
      String username,
      String error) {
    var hidden = new LinkedHashMap<String, String>();
    hidden.put("_csrf", formToken);
    hidden.put("challenge", challenge);
    hidden.put("session", session);
    hidden.put("username", username);
    if (challenge.equals(NEW_PASSWORD)) {
      return LoginPages.form(
          "Change password",
          action(site),
          hidden,
          List.of(new Field("NEW_PASSWORD", "New password", "password", "new-password")),
          "Send",
          error);
    }
    String code = CODES.get(challenge);
    if (code == null) {
      return first(
          site,
          formToken,
          "The login page of the simulator does not answer the challenge "
              + challenge
              + ". Sign in by the API.");
    }
    return LoginPages.form(
        "Confirm your sign-in",
        action(site),
        hidden,
        List.of(new Field(code, "Code", "text", "one-time-code")),
        "Sign in",
        error);
  }
}
