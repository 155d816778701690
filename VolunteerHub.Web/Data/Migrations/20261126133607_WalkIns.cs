using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace VolunteerHub.Web.Data.Migrations
{
    /// <inheritdoc />
    public partial class WalkIns : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "UnknownWalkIns",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    RunId = table.Column<Guid>(type: "TEXT", nullable: false),
                    PostId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Name = table.Column<string>(type: "TEXT", nullable: true),
                    Phone = table.Column<string>(type: "TEXT", nullable: true),
                    InAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    InReceivedAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    InRequestId = table.Column<Guid>(type: "TEXT", nullable: false),
                    InEvidence = table.Column<string>(type: "TEXT", nullable: false),
                    InBy = table.Column<Guid>(type: "TEXT", nullable: false),
                    InBecause = table.Column<string>(type: "TEXT", nullable: true),
                    OutAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    OutReceivedAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    OutRequestId = table.Column<Guid>(type: "TEXT", nullable: true),
                    OutEvidence = table.Column<string>(type: "TEXT", nullable: true),
                    OutBy = table.Column<Guid>(type: "TEXT", nullable: true),
                    OutBecause = table.Column<string>(type: "TEXT", nullable: true),
                    SettledAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    VolunteerId = table.Column<Guid>(type: "TEXT", nullable: true),
                    DiscardedBecause = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_UnknownWalkIns", x => x.Id);
                    table.ForeignKey(
                        name: "FK_UnknownWalkIns_Runs_RunId",
                        column: x => x.RunId,
                        principalTable: "Runs",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_UnknownWalkIns_Volunteers_VolunteerId",
                        column: x => x.VolunteerId,
                        principalTable: "Volunteers",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "IX_UnknownWalkIns_InRequestId",
                table: "UnknownWalkIns",
                column: "InRequestId");

            migrationBuilder.CreateIndex(
                name: "IX_UnknownWalkIns_OutRequestId",
                table: "UnknownWalkIns",
                column: "OutRequestId");

            migrationBuilder.CreateIndex(
                name: "IX_UnknownWalkIns_RunId_SettledAt",
                table: "UnknownWalkIns",
                columns: new[] { "RunId", "SettledAt" });

            migrationBuilder.CreateIndex(
                name: "IX_UnknownWalkIns_VolunteerId",
                table: "UnknownWalkIns",
                column: "VolunteerId");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "UnknownWalkIns");
        }
    }
}
