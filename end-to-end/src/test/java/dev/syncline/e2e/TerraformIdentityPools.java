// SPDX-License-Identifier: Apache-2.0
package dev.syncline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Identity pools with their roles and session tags. */
final class TerraformIdentityPools implements TerraformPart {
  private static final String CONFIGURATION =
      """
      locals {
        provider = "cognito-idp.us-east-1.amazonaws.com/us-east-1_Ab1Cd2Ef3"
      }

      resource "aws_cognito_identity_pool" "people" {
        identity_pool_name               = "people %1$s"
        allow_unauthenticated_identities = %2$s
        %3$s
        cognito_identity_providers {
          client_id               = "client"
          provider_name           = local.provider
          server_side_token_check = true
        }
        cognito_identity_providers {
          client_id     = "other"
          provider_name = local.provider
        }
        tags = { team = "%1$s" }
      }

      resource "aws_cognito_identity_pool_roles_attachment" "people" {
        identity_pool_id = aws_cognito_identity_pool.people.id
        roles            = { authenticated = "arn:aws:iam::111111111111:role/%1$s" }
        role_mapping {
          identity_provider         = "${local.provider}:client"
          ambiguous_role_resolution = "AuthenticatedRole"
          type                      = "Rules"
          mapping_rule {
            claim      = "email"
            match_type = "Equals"
            value      = "%1$s"
            role_arn   = "arn:aws:iam::111111111111:role/rule"
          }
        }
      }

      resource "aws_cognito_identity_pool_provider_principal_tag" "people" {
        identity_pool_id       = aws_cognito_identity_pool.people.id
        identity_provider_name = local.provider
        use_defaults           = false
        principal_tags         = { team = "custom:%1$s" }
      }

      data "aws_cognito_identity_pool" "people" {
        identity_pool_name = aws_cognito_identity_pool.people.identity_pool_name
      }

      output "id" {
        value = data.aws_cognito_identity_pool.people.id
      }
      """;

  @Override
  public String name() {
    return "identitypools";
  }

  @Override
  public List<String> steps() {
    return List.of(
        CONFIGURATION.formatted(
            "red",
            "true",
            "allow_classic_flow = true\n"
                + "  developer_provider_name = \"login.example\"\n"
                + "  supported_login_providers = { \"graph.facebook.com\" = \"7346241598935552\""
                + " }\n"
                + "  openid_connect_provider_arns ="
                + " [\"arn:aws:iam::111111111111:oidc-provider/id.example\"]\n"
                + "  saml_provider_arns = [\"arn:aws:iam::111111111111:saml-provider/corp\"]"),
        CONFIGURATION.formatted("blue", "false", "developer_provider_name = \"login.example\""));
  }

  @Override
  public void check(int step, Applied applied) {
    String id = applied.output("id");
    ObjectNode asked = Applied.object().put("IdentityPoolId", id);
    JsonNode pool = applied.call("cognitoidentity", "DescribeIdentityPool", asked.deepCopy());
    JsonNode roles = applied.call("cognitoidentity", "GetIdentityPoolRoles", asked.deepCopy());
    String color = step == 0 ? "red" : "blue";
    assertThat(pool.path("IdentityPoolName").asText()).isEqualTo("people " + color);
    assertThat(pool.at("/IdentityPoolTags/team").asText()).isEqualTo(color);
    assertThat(pool.path("AllowUnauthenticatedIdentities").asBoolean()).isEqualTo(step == 0);
    assertThat(pool.path("SamlProviderARNs")).hasSize(step == 0 ? 1 : 0);
    assertThat(roles.at("/Roles/authenticated").asText()).endsWith(":role/" + color);
  }
}
