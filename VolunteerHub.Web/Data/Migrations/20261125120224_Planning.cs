using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace VolunteerHub.Web.Data.Migrations
{
    /// <inheritdoc />
    public partial class Planning : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<Guid>(
                name: "BatchId",
                table: "Runs",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "DiffersFromSeries",
                table: "Runs",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<int>(
                name: "Groups",
                table: "Runs",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<DateOnly>(
                name: "SeriesDate",
                table: "Runs",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "SeriesId",
                table: "Runs",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Tag",
                table: "Runs",
                type: "TEXT",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "RunBatches",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Kind = table.Column<string>(type: "TEXT", nullable: false),
                    First = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    Last = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    By = table.Column<Guid>(type: "TEXT", nullable: false),
                    At = table.Column<DateTime>(type: "TEXT", nullable: false),
                    RevertedAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    Version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_RunBatches", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "RunSeries",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Title = table.Column<string>(type: "TEXT", nullable: false),
                    HostTeamId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Outline = table.Column<string>(type: "TEXT", nullable: false),
                    Rule = table.Column<string>(type: "TEXT", nullable: false),
                    OnHolidays = table.Column<string>(type: "TEXT", nullable: false),
                    Standing = table.Column<string>(type: "TEXT", nullable: false),
                    IsEnded = table.Column<bool>(type: "INTEGER", nullable: false),
                    Version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_RunSeries", x => x.Id);
                    table.ForeignKey(
                        name: "FK_RunSeries_Teams_HostTeamId",
                        column: x => x.HostTeamId,
                        principalTable: "Teams",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "RunTemplates",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Title = table.Column<string>(type: "TEXT", nullable: false),
                    Outline = table.Column<string>(type: "TEXT", nullable: false),
                    TeamId = table.Column<Guid>(type: "TEXT", nullable: true),
                    IsArchived = table.Column<bool>(type: "INTEGER", nullable: false),
                    Version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_RunTemplates", x => x.Id);
                    table.ForeignKey(
                        name: "FK_RunTemplates_Teams_TeamId",
                        column: x => x.TeamId,
                        principalTable: "Teams",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "IX_Runs_BatchId",
                table: "Runs",
                column: "BatchId");

            migrationBuilder.CreateIndex(
                name: "IX_Runs_SeriesId_SeriesDate",
                table: "Runs",
                columns: new[] { "SeriesId", "SeriesDate" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_RunBatches_At",
                table: "RunBatches",
                column: "At");

            migrationBuilder.CreateIndex(
                name: "IX_RunSeries_HostTeamId",
                table: "RunSeries",
                column: "HostTeamId");

            migrationBuilder.CreateIndex(
                name: "IX_RunTemplates_TeamId",
                table: "RunTemplates",
                column: "TeamId");

            migrationBuilder.AddForeignKey(
                name: "FK_Runs_RunBatches_BatchId",
                table: "Runs",
                column: "BatchId",
                principalTable: "RunBatches",
                principalColumn: "Id",
                onDelete: ReferentialAction.Restrict);

            migrationBuilder.AddForeignKey(
                name: "FK_Runs_RunSeries_SeriesId",
                table: "Runs",
                column: "SeriesId",
                principalTable: "RunSeries",
                principalColumn: "Id",
                onDelete: ReferentialAction.Restrict);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropForeignKey(
                name: "FK_Runs_RunBatches_BatchId",
                table: "Runs");

            migrationBuilder.DropForeignKey(
                name: "FK_Runs_RunSeries_SeriesId",
                table: "Runs");

            migrationBuilder.DropTable(
                name: "RunBatches");

            migrationBuilder.DropTable(
                name: "RunSeries");

            migrationBuilder.DropTable(
                name: "RunTemplates");

            migrationBuilder.DropIndex(
                name: "IX_Runs_BatchId",
                table: "Runs");

            migrationBuilder.DropIndex(
                name: "IX_Runs_SeriesId_SeriesDate",
                table: "Runs");

            migrationBuilder.DropColumn(
                name: "BatchId",
                table: "Runs");

            migrationBuilder.DropColumn(
                name: "DiffersFromSeries",
                table: "Runs");

            migrationBuilder.DropColumn(
                name: "Groups",
                table: "Runs");

            migrationBuilder.DropColumn(
                name: "SeriesDate",
                table: "Runs");

            migrationBuilder.DropColumn(
                name: "SeriesId",
                table: "Runs");

            migrationBuilder.DropColumn(
                name: "Tag",
                table: "Runs");
        }
    }
}
