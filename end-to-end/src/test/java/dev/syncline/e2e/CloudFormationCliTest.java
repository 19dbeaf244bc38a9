// SPDX-License-Identifier: Apache-2.0
package dev.syncline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.syncline.sim.simulator.Simulator;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Stacks that change, fail and nest, by the unmodified AWS CLI. */
@Timeout(300)
class CloudFormationCliTest {
  private static final String TEMPLATE =
      """
      Parameters:
        QueueName: {Type: String, Default: jobs}
        Definition: {Type: String, Default: '{"StartAt":"A","States":{"A":{"Type":"Succeed"}}}'}
      Resources:
        Role:
          Type: AWS::IAM::Role
          Properties:
            RoleName: workflow
            AssumeRolePolicyDocument:
              Version: "2012-10-17"
              Statement:
                - {Effect: Allow, Principal: {Service: states.amazonaws.com}, Action: sts:AssumeRole}
        Queue:
          Type: AWS::SQS::Queue
          Properties: {QueueName: !Ref QueueName}
        Workflow:
          Type: AWS::StepFunctions::StateMachine
          DependsOn: Queue
          Properties:
            StateMachineName: workflow
            RoleArn: !GetAtt Role.Arn
            DefinitionString: !Ref Definition
      Outputs:
        QueueUrl: {Value: !Ref Queue}
      """;

  @TempDir Path scratch;
  @AutoClose private Simulator simulator;
  private AwsCli cli;

  @BeforeEach
  void start() throws Exception {
    simulator = Simulator.start(Deployed.config());
    cli = new AwsCli(simulator, scratch);
  }

  @Test
  void aStackThatFailsHalfWayRollsBackAndItsEventsSayWhichResourceAndWhy() throws Exception {
    AwsCli.Run failed = deploy("Definition={\"StartAt\":\"Nowhere\",\"States\":{}}");

    assertThat(failed.status()).isNotZero();
    assertThat(failed.output()).contains("Failed to create/update the stack");
    assertThat(status("app")).isEqualTo("ROLLBACK_COMPLETE");
    JsonNode events =
        cli.json("cloudformation", "describe-stack-events", "--stack-name", "app")
            .path("StackEvents");
    var failures = new ArrayList<String>();
    var removed = new ArrayList<String>();
    for (JsonNode event : events) {
      String what = event.path("LogicalResourceId").asText();
      switch (event.path("ResourceStatus").asText()) {
        case "CREATE_FAILED" ->
            failures.add(what + ": " + event.path("ResourceStatusReason").asText());
        case "DELETE_COMPLETE" -> removed.add(what);
        default -> {}
      }
    }
    assertThat(failures)
        .singleElement()
        .asString()
        .startsWith("Workflow: ")
        .contains("Invalid State Machine Definition");
    assertThat(removed).contains("Queue", "Role");

    delete();
    assertThat(Emptiness.leftovers(simulator)).isEmpty();
  }

  @Test
  void aNewNameReplacesTheQueueAndAFailedUpdateKeepsTheStackAsItWas() throws Exception {
    succeeded(deploy("QueueName=jobs"));
    succeeded(deploy("QueueName=renamed"));

    assertThat(status("app")).isEqualTo("UPDATE_COMPLETE");
    assertThat(queues()).singleElement().asString().endsWith("/renamed");

    AwsCli.Run failed = deploy("QueueName=third", "Definition=nonsense");

    assertThat(failed.status()).isNotZero();
    assertThat(status("app")).isEqualTo("UPDATE_ROLLBACK_COMPLETE");
    assertThat(queues()).singleElement().asString().endsWith("/renamed");
    delete();
    assertThat(Emptiness.leftovers(simulator)).isEmpty();
  }

  @Test
  void aNestedStackIsMadeChangedAndDeletedWithItsParent() throws Exception {
    cli.run("s3", "mb", "s3://templates");
    cli.run("s3", "cp", file("inner.yaml", TEMPLATE).toString(), "s3://templates/inner.yaml");
    String outer =
        """
        Parameters:
          QueueName: {Type: String}
        Resources:
          Inner:
            Type: AWS::CloudFormation::Stack
            Properties:
              TemplateURL: https://templates.s3.us-east-1.amazonaws.com/inner.yaml
              Parameters: {QueueName: !Ref QueueName}
        Outputs:
          QueueUrl: {Value: !GetAtt Inner.Outputs.QueueUrl}
        """;

    succeeded(deployFile(file("outer.yaml", outer), "QueueName=jobs"));
    succeeded(deployFile(file("outer.yaml", outer), "QueueName=renamed"));

    JsonNode stack =
        cli.json("cloudformation", "describe-stacks", "--stack-name", "app").at("/Stacks/0");
    assertThat(stack.at("/Outputs/0/OutputValue").asText()).endsWith("/renamed");
    assertThat(queues()).hasSize(1);
    delete();
    cli.run("s3", "rb", "s3://templates", "--force");
    assertThat(Emptiness.leftovers(simulator)).isEmpty();
  }

  @Test
  void aTransformIsRefusedByName() throws Exception {
    String text = TEMPLATE.replaceFirst("Parameters:", "Transform: Mine\nParameters:");

    AwsCli.Run refused =
        cli.attempt(
            "cloudformation",
            "create-stack",
            "--stack-name",
            "app",
            "--template-body",
            text,
            "--capabilities",
            "CAPABILITY_NAMED_IAM",
            "CAPABILITY_AUTO_EXPAND");

    assertThat(refused.status()).isNotZero();
    assertThat(refused.output()).contains("Transform");
    assertThat(Emptiness.leftovers(simulator)).isEmpty();
  }

  private AwsCli.Run deploy(String... parameters) throws Exception {
    return deployFile(file("app.yaml", TEMPLATE), parameters);
  }

  private AwsCli.Run deployFile(Path template, String... parameters) throws Exception {
    var command =
        new ArrayList<>(
            List.of(
                "cloudformation",
                "deploy",
                "--stack-name",
                "app",
                "--template-file",
                template.toString(),
                "--capabilities",
                "CAPABILITY_NAMED_IAM",
                "--parameter-overrides"));
    command.addAll(List.of(parameters));
    return cli.attempt(command.toArray(String[]::new));
  }

  private static void succeeded(AwsCli.Run run) {
    assertThat(run.status()).as(run.output()).isZero();
  }

  /** The CLI's own wait would look every 30 s. */
  private void delete() throws Exception {
    cli.run("cloudformation", "delete-stack", "--stack-name", "app");
    AwsCli.Run described;
    do {
      described = cli.attempt("cloudformation", "describe-stacks", "--stack-name", "app");
    } while (described.status() == 0 && described.output().contains("DELETE_IN_PROGRESS"));
    assertThat(described.output()).contains("Stack with id app does not exist");
  }

  private String status(String stack) throws Exception {
    return cli.json("cloudformation", "describe-stacks", "--stack-name", stack)
        .at("/Stacks/0/StackStatus")
        .asText();
  }

  private List<String> queues() throws Exception {
    var urls = new ArrayList<String>();
    cli.json("sqs", "list-queues").path("QueueUrls").forEach(url -> urls.add(url.asText()));
    return urls;
  }

  private Path file(String name, String text) throws Exception {
    return Files.writeString(scratch.resolve(name), text);
  }
}
