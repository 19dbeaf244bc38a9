// SPDX-License-Identifier: Apache-2.0
package dev.syncline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** User pools with their parts. */
final class TerraformUserPools implements TerraformPart {
  private static final String CONFIGURATION =
      """
      resource "aws_cognito_user_pool" "people" {
        name                     = "people"
        auto_verified_attributes = ["email"]
        username_attributes      = ["email"]
        mfa_configuration        = "%2$s"
        %3$s

        username_configuration {
          case_sensitive = false
        }
        password_policy {
          minimum_length                   = %4$d
          require_lowercase                = true
          require_numbers                  = true
          require_symbols                  = false
          require_uppercase                = true
          temporary_password_validity_days = 3
        }
        schema {
          name                = "team"
          attribute_data_type = "String"
          mutable             = true
          string_attribute_constraints {
            min_length = 1
            max_length = 20
          }
        }
        schema {
          name                = "email"
          attribute_data_type = "String"
          required            = true
          mutable             = true
          string_attribute_constraints {
            min_length = 0
            max_length = 2048
          }
        }
        account_recovery_setting {
          recovery_mechanism {
            name     = "verified_email"
            priority = 1
          }
        }
        admin_create_user_config {
          allow_admin_create_user_only = true
          invite_message_template {
            email_message = "{username} has {####}"
            email_subject = "Welcome"
            sms_message   = "{username} has {####}"
          }
        }
        verification_message_template {
          default_email_option = "CONFIRM_WITH_CODE"
          email_message        = "Code {####}"
          email_subject        = "Code"
        }
        tags = {
          step = "%1$s"
        }
      }

      resource "aws_cognito_user_pool" "plain" {
        name = "plain"
      }

      resource "aws_cognito_resource_server" "orders" {
        identifier   = "https://orders.example.com"
        name         = "orders-%1$s"
        user_pool_id = aws_cognito_user_pool.people.id
        scope {
          scope_name        = "read"
          scope_description = "Reads"
        }
      }

      resource "aws_cognito_identity_provider" "corp" {
        user_pool_id  = aws_cognito_user_pool.people.id
        provider_name = "Corp"
        provider_type = "OIDC"
        provider_details = {
          authorize_scopes              = "openid"
          client_id                     = "client-%1$s"
          client_secret                 = "not-a-secret"
          attributes_request_method     = "GET"
          oidc_issuer                   = "https://issuer.example.com"
        }
        attribute_mapping = {
          email    = "email"
          username = "sub"
        }
      }

      resource "aws_cognito_user_pool_client" "web" {
        name                                 = "web"
        user_pool_id                         = aws_cognito_user_pool.people.id
        generate_secret                      = true
        explicit_auth_flows                  = ["ALLOW_REFRESH_TOKEN_AUTH", "ALLOW_USER_SRP_AUTH"]
        allowed_oauth_flows_user_pool_client = true
        allowed_oauth_flows                  = ["code"]
        allowed_oauth_scopes                 = ["openid", "${aws_cognito_resource_server.orders.identifier}/read"]
        supported_identity_providers         = ["COGNITO", aws_cognito_identity_provider.corp.provider_name]
        callback_urls                        = ["https://app.example.com/%1$s"]
        prevent_user_existence_errors        = "ENABLED"
        access_token_validity                = %5$d
        token_validity_units {
          access_token = "minutes"
        }
      }

      resource "aws_cognito_user_pool_client" "plain" {
        name         = "plain"
        user_pool_id = aws_cognito_user_pool.plain.id
      }

      resource "aws_cognito_user_pool_domain" "login" {
        domain       = "people-login"
        user_pool_id = aws_cognito_user_pool.people.id
      }

      resource "aws_cognito_user_pool_ui_customization" "looks" {
        css          = ".label-customizable {font-weight: %4$d00;}"
        user_pool_id = aws_cognito_user_pool_domain.login.user_pool_id
      }

      resource "aws_cognito_user_group" "editors" {
        name         = "editors"
        user_pool_id = aws_cognito_user_pool.people.id
        description  = "Group of step %1$s"
        precedence   = 0
      }

      resource "aws_cognito_user" "alice" {
        user_pool_id = aws_cognito_user_pool.people.id
        username     = "alice@example.com"
        password     = "Passw0rd-%1$s"
        enabled      = %6$s
        attributes = {
          email          = "alice@example.com"
          email_verified = true
          team           = "%1$s"
        }
      }

      resource "aws_cognito_user_in_group" "alice" {
        user_pool_id = aws_cognito_user_pool.people.id
        group_name   = aws_cognito_user_group.editors.name
        username     = aws_cognito_user.alice.username
      }

      output "pool" {
        value = aws_cognito_user_pool.people.id
      }
      """;

  private String pool = "";

  @Override
  public String name() {
    return "user_pools";
  }

  @Override
  public List<String> steps() {
    return List.of(
        CONFIGURATION.formatted("one", "OFF", "", 8, 5, "true"),
        CONFIGURATION.formatted(
            "two",
            "OPTIONAL",
            "software_token_mfa_configuration { enabled = true }",
            9,
            10,
            "false"));
  }

  @Override
  public void check(int step, Applied applied) throws Exception {
    JsonNode found =
        applied
            .call(
                "cognito",
                "DescribeUserPool",
                Applied.object().put("UserPoolId", applied.output("pool")))
            .path("UserPool");
    JsonNode user =
        applied.call(
            "cognito",
            "AdminGetUser",
            Applied.object()
                .put("UserPoolId", applied.output("pool"))
                .put("Username", "alice@example.com"));
    assertThat(user.path("UserStatus").asText()).isEqualTo("CONFIRMED");
    assertThat(user.path("Enabled").asBoolean()).isEqualTo(step == 0);
    assertThat(user.toString()).contains(step == 0 ? "\"one\"" : "\"two\"");
    assertThat(found.path("MfaConfiguration").asText()).isEqualTo(step == 0 ? "OFF" : "OPTIONAL");
    assertThat(found.at("/UserPoolTags/step").asText()).isEqualTo(step == 0 ? "one" : "two");
    if (step == 0) {
      pool = applied.output("pool");
    } else {
      assertThat(applied.output("pool")).isEqualTo(pool);
    }
  }
}
