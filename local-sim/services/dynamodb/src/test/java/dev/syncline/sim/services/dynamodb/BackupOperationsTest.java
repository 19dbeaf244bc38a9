// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb;

import static dev.syncline.sim.services.dynamodb.DynamoDbCalls.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class BackupOperationsTest {
  @AutoClose private final DynamoDbCalls room = new DynamoDbCalls().withTable("abc");

  private String backup(String name) {
    JsonNode details =
        room.call("CreateBackup", "{'TableName':'abc','BackupName':'" + name + "'}")
            .path("BackupDetails");
    assertThat(details.path("BackupStatus").asText()).isEqualTo("CREATING");
    return details.path("BackupArn").asText();
  }

  @Test
  void aBackupIsDescribedRestoredAndDeleted() {
    String arn = backup("one");
    assertThat(arn).startsWith(DynamoDbCalls.TABLE_ARN + "abc/backup/01772600767000-");
    String request = "{'BackupArn':'" + arn + "'}";
    JsonNode described = room.call("DescribeBackup", request).path("BackupDescription");
    assertThat(described.at("/BackupDetails/BackupStatus").asText()).isEqualTo("AVAILABLE");
    assertThat(described.at("/SourceTableDetails/TableName").asText()).isEqualTo("abc");
    room.call("DeleteTable", "{'TableName':'abc'}");
    room.call("RestoreTableFromBackup", "{'BackupArn':'" + arn + "','TargetTableName':'restored'}");
    JsonNode restored = room.describe("restored");
    assertThat(restored.path("TableStatus").asText()).isEqualTo("ACTIVE");
    assertThat(restored.at("/RestoreSummary/SourceBackupArn").asText()).isEqualTo(arn);
    room.assertRefused(
        "RestoreTableFromBackup",
        "{'BackupArn':'" + arn + "','TargetTableName':'restored'}",
        "TableAlreadyExistsException",
        "Table already exists: restored");
    assertThat(
            room.call("DeleteBackup", request)
                .at("/BackupDescription/BackupDetails/BackupStatus")
                .asText())
        .isEqualTo("DELETED");
    room.assertRefused(
        "DescribeBackup", request, "BackupNotFoundException", "Backup not found: " + arn);
  }

  @Test
  void backupsAreListedInPages() {
    String first = backup("one");
    room.clock.advance(Duration.ofSeconds(1));
    String second = backup("two");
    JsonNode page = room.call("ListBackups", "{'Limit':1}");
    assertThat(page.path("BackupSummaries")).hasSize(1);
    assertThat(page.path("LastEvaluatedBackupArn").asText()).isEqualTo(first);
    JsonNode rest = room.call("ListBackups", "{'ExclusiveStartBackupArn':'" + first + "'}");
    assertThat(rest.at("/BackupSummaries/0/BackupArn").asText()).isEqualTo(second);
    assertThat(room.call("ListBackups", "{'TableName':'other'}"))
        .isEqualTo(json("{'BackupSummaries':[]}"));
    assertThat(
            room.call("ListBackups", "{'TimeRangeLowerBound':1772600768}").path("BackupSummaries"))
        .hasSize(1);
  }

  @Test
  void backupsOfNoTableAreRefused() {
    room.assertRefused(
        "CreateBackup",
        "{'TableName':'none','BackupName':'one'}",
        "TableNotFoundException",
        "Table not found: none");
  }

  @Test
  void pointInTimeRecoveryIsSwitched() {
    assertThat(room.call("DescribeContinuousBackups", "{'TableName':'abc'}"))
        .isEqualTo(
            json(
                "{'ContinuousBackupsDescription':{'ContinuousBackupsStatus':'ENABLED',"
                    + "'PointInTimeRecoveryDescription':"
                    + "{'PointInTimeRecoveryStatus':'DISABLED'}}}"));
    room.assertRefused(
        "RestoreTableToPointInTime",
        "{'SourceTableName':'abc','TargetTableName':'new','UseLatestRestorableTime':true}",
        "PointInTimeRecoveryUnavailableException",
        "Point in time recovery is not enabled for table 'abc'");
    room.call(
        "UpdateContinuousBackups",
        "{'TableName':'abc','PointInTimeRecoverySpecification':"
            + "{'PointInTimeRecoveryEnabled':true}}");
    room.clock.advance(Duration.ofSeconds(1));
    assertThat(
            room.call("DescribeContinuousBackups", "{'TableName':'abc'}")
                .at("/ContinuousBackupsDescription/PointInTimeRecoveryDescription"))
        .isEqualTo(
            json(
                "{'PointInTimeRecoveryStatus':'ENABLED','RecoveryPeriodInDays':35,"
                    + "'EarliestRestorableDateTime':1772600767.000,"
                    + "'LatestRestorableDateTime':1772600768.000}"));
    room.call(
        "RestoreTableToPointInTime",
        "{'SourceTableName':'abc','TargetTableName':'new','UseLatestRestorableTime':true}");
    assertThat(room.describe("new").at("/RestoreSummary/SourceTableArn").asText())
        .isEqualTo(DynamoDbCalls.TABLE_ARN + "abc");
    room.assertInvalid(
        "RestoreTableToPointInTime",
        "{'SourceTableName':'abc','TargetTableName':'newer','RestoreDateTime':1}",
        "The simulator does not support RestoreDateTime: it restores to the latest time, with"
            + " UseLatestRestorableTime.");
  }
}
