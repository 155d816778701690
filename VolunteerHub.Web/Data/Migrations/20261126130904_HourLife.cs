using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace VolunteerHub.Web.Data.Migrations
{
    /// <inheritdoc />
    public partial class HourLife : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_HourEntries_RunId_VolunteerId",
                table: "HourEntries");

            migrationBuilder.DropIndex(
                name: "IX_HourEntries_VolunteerId",
                table: "HourEntries");

            migrationBuilder.AddColumn<DateTime>(
                name: "AcknowledgeBy",
                table: "HourEntries",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "AcknowledgedAt",
                table: "HourEntries",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Because",
                table: "HourEntries",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "BySilence",
                table: "HourEntries",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<DateTime>(
                name: "ConfirmedAt",
                table: "HourEntries",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "ConfirmedBy",
                table: "HourEntries",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "Corrects",
                table: "HourEntries",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "EnteredBy",
                table: "HourEntries",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "FinalAt",
                table: "HourEntries",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "FirstApprovedBy",
                table: "HourEntries",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "Insists",
                table: "HourEntries",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<DateOnly>(
                name: "PublicFrom",
                table: "HourEntries",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<DateOnly>(
                name: "PublicUntil",
                table: "HourEntries",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "RejectedBy",
                table: "HourEntries",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Spans",
                table: "HourEntries",
                type: "TEXT",
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<long>(
                name: "Version",
                table: "HourEntries",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<string>(
                name: "Credit",
                table: "Communities",
                type: "TEXT",
                nullable: false,
                defaultValue: "{\"BeforeMinutes\":0,\"AfterMinutes\":30,\"BreakAfterMinutes\":240,\"BreakMinutes\":0,\"LeastSharePercent\":0,\"SecondApprovalHours\":8,\"MostHoursADay\":12,\"Forgotten\":\"UntilSlotEnd\"}");

            migrationBuilder.AddColumn<string>(
                name: "Recording",
                table: "Communities",
                type: "TEXT",
                nullable: false,
                defaultValue: "{\"SilenceDays\":3,\"PublicityDays\":3,\"ConfirmWithinDays\":10,\"RemindDays\":3,\"RunLeadConfirms\":true,\"StarHours\":[100,300,600,1000,1500]}");

            migrationBuilder.CreateTable(
                name: "HourObjections",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    HourEntryId = table.Column<Guid>(type: "TEXT", nullable: false),
                    At = table.Column<DateTime>(type: "TEXT", nullable: false),
                    Words = table.Column<string>(type: "TEXT", nullable: false),
                    SettledAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    SettledBy = table.Column<Guid>(type: "TEXT", nullable: true),
                    Upheld = table.Column<bool>(type: "INTEGER", nullable: false),
                    Answer = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_HourObjections", x => x.Id);
                    table.ForeignKey(
                        name: "FK_HourObjections_HourEntries_HourEntryId",
                        column: x => x.HourEntryId,
                        principalTable: "HourEntries",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "HourSteps",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    At = table.Column<DateTime>(type: "TEXT", nullable: false),
                    By = table.Column<Guid>(type: "TEXT", nullable: true),
                    From = table.Column<string>(type: "TEXT", nullable: false),
                    To = table.Column<string>(type: "TEXT", nullable: false),
                    Seconds = table.Column<long>(type: "INTEGER", nullable: false),
                    Words = table.Column<string>(type: "TEXT", nullable: true),
                    Entry = table.Column<Guid>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_HourSteps", x => x.Id);
                    table.ForeignKey(
                        name: "FK_HourSteps_HourEntries_Entry",
                        column: x => x.Entry,
                        principalTable: "HourEntries",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_HourEntries_Corrects",
                table: "HourEntries",
                column: "Corrects");

            migrationBuilder.CreateIndex(
                name: "IX_HourEntries_RunId_VolunteerId",
                table: "HourEntries",
                columns: new[] { "RunId", "VolunteerId" },
                unique: true,
                filter: "Corrects IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_HourEntries_Status_RunId",
                table: "HourEntries",
                columns: new[] { "Status", "RunId" });

            migrationBuilder.CreateIndex(
                name: "IX_HourEntries_VolunteerId_Status_CreditedSeconds",
                table: "HourEntries",
                columns: new[] { "VolunteerId", "Status", "CreditedSeconds" });

            migrationBuilder.CreateIndex(
                name: "IX_HourObjections_HourEntryId_SettledAt",
                table: "HourObjections",
                columns: new[] { "HourEntryId", "SettledAt" });

            migrationBuilder.CreateIndex(
                name: "IX_HourSteps_Entry",
                table: "HourSteps",
                column: "Entry");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "HourObjections");

            migrationBuilder.DropTable(
                name: "HourSteps");

            migrationBuilder.DropIndex(
                name: "IX_HourEntries_Corrects",
                table: "HourEntries");

            migrationBuilder.DropIndex(
                name: "IX_HourEntries_RunId_VolunteerId",
                table: "HourEntries");

            migrationBuilder.DropIndex(
                name: "IX_HourEntries_Status_RunId",
                table: "HourEntries");

            migrationBuilder.DropIndex(
                name: "IX_HourEntries_VolunteerId_Status_CreditedSeconds",
                table: "HourEntries");

            migrationBuilder.DropColumn(
                name: "AcknowledgeBy",
                table: "HourEntries");

            migrationBuilder.DropColumn(
                name: "AcknowledgedAt",
                table: "HourEntries");

            migrationBuilder.DropColumn(
                name: "Because",
                table: "HourEntries");

            migrationBuilder.DropColumn(
                name: "BySilence",
                table: "HourEntries");

            migrationBuilder.DropColumn(
                name: "ConfirmedAt",
                table: "HourEntries");

            migrationBuilder.DropColumn(
                name: "ConfirmedBy",
                table: "HourEntries");

            migrationBuilder.DropColumn(
                name: "Corrects",
                table: "HourEntries");

            migrationBuilder.DropColumn(
                name: "EnteredBy",
                table: "HourEntries");

            migrationBuilder.DropColumn(
                name: "FinalAt",
                table: "HourEntries");

            migrationBuilder.DropColumn(
                name: "FirstApprovedBy",
                table: "HourEntries");

            migrationBuilder.DropColumn(
                name: "Insists",
                table: "HourEntries");

            migrationBuilder.DropColumn(
                name: "PublicFrom",
                table: "HourEntries");

            migrationBuilder.DropColumn(
                name: "PublicUntil",
                table: "HourEntries");

            migrationBuilder.DropColumn(
                name: "RejectedBy",
                table: "HourEntries");

            migrationBuilder.DropColumn(
                name: "Spans",
                table: "HourEntries");

            migrationBuilder.DropColumn(
                name: "Version",
                table: "HourEntries");

            migrationBuilder.DropColumn(
                name: "Credit",
                table: "Communities");

            migrationBuilder.DropColumn(
                name: "Recording",
                table: "Communities");

            migrationBuilder.CreateIndex(
                name: "IX_HourEntries_RunId_VolunteerId",
                table: "HourEntries",
                columns: new[] { "RunId", "VolunteerId" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_HourEntries_VolunteerId",
                table: "HourEntries",
                column: "VolunteerId");
        }
    }
}
