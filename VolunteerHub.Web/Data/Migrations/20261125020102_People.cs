using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace VolunteerHub.Web.Data.Migrations
{
    /// <inheritdoc />
    public partial class People : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Memberships_TeamId_VolunteerId",
                table: "Memberships");

            migrationBuilder.DropIndex(
                name: "IX_Memberships_VolunteerId",
                table: "Memberships");

            migrationBuilder.RenameColumn(
                name: "MinorBornOn",
                table: "Volunteers",
                newName: "BornOn");

            migrationBuilder.AddColumn<string>(
                name: "Address",
                table: "Volunteers",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Sex",
                table: "Volunteers",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "EmergencyContact",
                table: "Volunteers",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "ErasedAt",
                table: "Volunteers",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Ethnicity",
                table: "Volunteers",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "FormerNumbers",
                table: "Volunteers",
                type: "TEXT",
                nullable: false,
                defaultValue: "[]");

            migrationBuilder.AddColumn<string>(
                name: "Guardian",
                table: "Volunteers",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "IdNumber",
                table: "Volunteers",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Initials",
                table: "Volunteers",
                type: "TEXT",
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<DateOnly>(
                name: "InsuredUntil",
                table: "Volunteers",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "InterestHelps",
                table: "Volunteers",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<string>(
                name: "InterestLines",
                table: "Volunteers",
                type: "TEXT",
                nullable: false,
                defaultValue: "[]");

            migrationBuilder.AddColumn<DateOnly>(
                name: "JoinedOn",
                table: "Volunteers",
                type: "TEXT",
                nullable: false,
                defaultValue: new DateOnly(1, 1, 1));

            migrationBuilder.AddColumn<DateOnly>(
                name: "LeftOn",
                table: "Volunteers",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "MergedInto",
                table: "Volunteers",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "NameKey",
                table: "Volunteers",
                type: "TEXT",
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<string>(
                name: "PersonalCodeHash",
                table: "Volunteers",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "PersonalCodeIssuedAt",
                table: "Volunteers",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Political",
                table: "Volunteers",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Skills",
                table: "Volunteers",
                type: "TEXT",
                nullable: false,
                defaultValue: "[]");

            migrationBuilder.AddColumn<string>(
                name: "About",
                table: "Teams",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<DateOnly>(
                name: "ClosedOn",
                table: "Teams",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Colour",
                table: "Teams",
                type: "TEXT",
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<string>(
                name: "Proof",
                table: "Qualifications",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Joining",
                table: "Communities",
                type: "TEXT",
                nullable: false,
                defaultValue: "{\"OpenApplications\":true,\"InvitationLife\":\"7.00:00:00\",\"ResetLife\":\"00:10:00\"}");

            migrationBuilder.AddColumn<string>(
                name: "Privacy",
                table: "Communities",
                type: "TEXT",
                nullable: false,
                defaultValue: "{\"AsksIdNumber\":false,\"AsksEthnicity\":true,\"RetentionYears\":10,\"Custodian\":null}");

            migrationBuilder.AddColumn<DateTime>(
                name: "SetUpAt",
                table: "Communities",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "About",
                table: "AuditLines",
                type: "TEXT",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "Awards",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Title = table.Column<string>(type: "TEXT", nullable: false),
                    On = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    Issuer = table.Column<string>(type: "TEXT", nullable: true),
                    VolunteerId = table.Column<Guid>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Awards", x => x.Id);
                    table.ForeignKey(
                        name: "FK_Awards_Volunteers_VolunteerId",
                        column: x => x.VolunteerId,
                        principalTable: "Volunteers",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "Consents",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Purpose = table.Column<string>(type: "TEXT", nullable: false),
                    Way = table.Column<string>(type: "TEXT", nullable: false),
                    RecordedBy = table.Column<Guid>(type: "TEXT", nullable: false),
                    GivenAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    WithdrawnAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    VolunteerId = table.Column<Guid>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Consents", x => x.Id);
                    table.ForeignKey(
                        name: "FK_Consents_Volunteers_VolunteerId",
                        column: x => x.VolunteerId,
                        principalTable: "Volunteers",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "ImportBatches",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    FileName = table.Column<string>(type: "TEXT", nullable: false),
                    By = table.Column<Guid>(type: "TEXT", nullable: false),
                    StartedAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    EndedAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    State = table.Column<string>(type: "TEXT", nullable: false),
                    GoodRows = table.Column<int>(type: "INTEGER", nullable: false),
                    BadRows = table.Column<int>(type: "INTEGER", nullable: false),
                    Version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ImportBatches", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "JoinApplications",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Name = table.Column<string>(type: "TEXT", nullable: false),
                    PhoneCipher = table.Column<string>(type: "TEXT", nullable: true),
                    PhoneWholeIndex = table.Column<string>(type: "TEXT", nullable: true),
                    PhoneTailIndex = table.Column<string>(type: "TEXT", nullable: true),
                    BornOn = table.Column<string>(type: "TEXT", nullable: true),
                    Guardian = table.Column<string>(type: "TEXT", nullable: true),
                    Languages = table.Column<string>(type: "TEXT", nullable: false),
                    Skills = table.Column<string>(type: "TEXT", nullable: false),
                    InterestLines = table.Column<string>(type: "TEXT", nullable: false),
                    Message = table.Column<string>(type: "TEXT", nullable: true),
                    Consents = table.Column<string>(type: "TEXT", nullable: false),
                    TeamId = table.Column<Guid>(type: "TEXT", nullable: true),
                    SentAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    Status = table.Column<string>(type: "TEXT", nullable: false),
                    DecidedBy = table.Column<Guid>(type: "TEXT", nullable: true),
                    DecidedAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    RejectedBecause = table.Column<string>(type: "TEXT", nullable: true),
                    VolunteerId = table.Column<Guid>(type: "TEXT", nullable: true),
                    Version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_JoinApplications", x => x.Id);
                    table.ForeignKey(
                        name: "FK_JoinApplications_Teams_TeamId",
                        column: x => x.TeamId,
                        principalTable: "Teams",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_JoinApplications_Volunteers_VolunteerId",
                        column: x => x.VolunteerId,
                        principalTable: "Volunteers",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "Lendings",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    VolunteerId = table.Column<Guid>(type: "TEXT", nullable: false),
                    RunId = table.Column<Guid>(type: "TEXT", nullable: false),
                    HomeTeamId = table.Column<Guid>(type: "TEXT", nullable: false),
                    BorrowerTeamId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Status = table.Column<string>(type: "TEXT", nullable: false),
                    AskedBy = table.Column<Guid>(type: "TEXT", nullable: false),
                    AskedAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    Note = table.Column<string>(type: "TEXT", nullable: true),
                    AnsweredBy = table.Column<Guid>(type: "TEXT", nullable: true),
                    AnsweredAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    RefusedBecause = table.Column<string>(type: "TEXT", nullable: true),
                    Version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Lendings", x => x.Id);
                    table.ForeignKey(
                        name: "FK_Lendings_Runs_RunId",
                        column: x => x.RunId,
                        principalTable: "Runs",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_Lendings_Teams_BorrowerTeamId",
                        column: x => x.BorrowerTeamId,
                        principalTable: "Teams",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_Lendings_Teams_HomeTeamId",
                        column: x => x.HomeTeamId,
                        principalTable: "Teams",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_Lendings_Volunteers_VolunteerId",
                        column: x => x.VolunteerId,
                        principalTable: "Volunteers",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "OneUseLinks",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Use = table.Column<string>(type: "TEXT", nullable: false),
                    TokenHash = table.Column<string>(type: "TEXT", nullable: false),
                    MadeBy = table.Column<Guid>(type: "TEXT", nullable: true),
                    MadeAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    ExpiresAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    VolunteerId = table.Column<Guid>(type: "TEXT", nullable: true),
                    TeamId = table.Column<Guid>(type: "TEXT", nullable: true),
                    UsedAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    RevokedAt = table.Column<DateTime>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_OneUseLinks", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "SavedFilters",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    OwnerId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Name = table.Column<string>(type: "TEXT", nullable: false),
                    Query = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_SavedFilters", x => x.Id);
                    table.ForeignKey(
                        name: "FK_SavedFilters_Volunteers_OwnerId",
                        column: x => x.OwnerId,
                        principalTable: "Volunteers",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "SearchTerms",
                columns: table => new
                {
                    Term = table.Column<string>(type: "TEXT", nullable: false),
                    VolunteerId = table.Column<Guid>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_SearchTerms", x => new { x.Term, x.VolunteerId });
                    table.ForeignKey(
                        name: "FK_SearchTerms_Volunteers_VolunteerId",
                        column: x => x.VolunteerId,
                        principalTable: "Volunteers",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "Trainings",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Title = table.Column<string>(type: "TEXT", nullable: false),
                    On = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    Hours = table.Column<decimal>(type: "TEXT", nullable: true),
                    Organiser = table.Column<string>(type: "TEXT", nullable: true),
                    VolunteerId = table.Column<Guid>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Trainings", x => x.Id);
                    table.ForeignKey(
                        name: "FK_Trainings_Volunteers_VolunteerId",
                        column: x => x.VolunteerId,
                        principalTable: "Volunteers",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "VolunteerTags",
                columns: table => new
                {
                    Name = table.Column<string>(type: "TEXT", nullable: false),
                    VolunteerId = table.Column<Guid>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_VolunteerTags", x => new { x.VolunteerId, x.Name });
                    table.ForeignKey(
                        name: "FK_VolunteerTags_Volunteers_VolunteerId",
                        column: x => x.VolunteerId,
                        principalTable: "Volunteers",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "ImportedRows",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    ImportId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Row = table.Column<int>(type: "INTEGER", nullable: false),
                    VolunteerId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Effect = table.Column<string>(type: "TEXT", nullable: false),
                    Before = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ImportedRows", x => x.Id);
                    table.ForeignKey(
                        name: "FK_ImportedRows_ImportBatches_ImportId",
                        column: x => x.ImportId,
                        principalTable: "ImportBatches",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_ImportedRows_Volunteers_VolunteerId",
                        column: x => x.VolunteerId,
                        principalTable: "Volunteers",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_Volunteers_JoinedOn_Id",
                table: "Volunteers",
                columns: new[] { "JoinedOn", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Volunteers_MergedInto",
                table: "Volunteers",
                column: "MergedInto");

            migrationBuilder.CreateIndex(
                name: "IX_Volunteers_NameKey_Id",
                table: "Volunteers",
                columns: new[] { "NameKey", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Volunteers_PersonalCodeHash",
                table: "Volunteers",
                column: "PersonalCodeHash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Volunteers_Status_Kind",
                table: "Volunteers",
                columns: new[] { "Status", "Kind" });

            migrationBuilder.CreateIndex(
                name: "IX_Memberships_TeamId_VolunteerId_Since_Until",
                table: "Memberships",
                columns: new[] { "TeamId", "VolunteerId", "Since", "Until" });

            migrationBuilder.CreateIndex(
                name: "IX_Memberships_VolunteerId_TeamId_Since_Until",
                table: "Memberships",
                columns: new[] { "VolunteerId", "TeamId", "Since", "Until" });

            migrationBuilder.CreateIndex(
                name: "IX_AuditLines_About_Id",
                table: "AuditLines",
                columns: new[] { "About", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_AuditLines_ActorId_Id",
                table: "AuditLines",
                columns: new[] { "ActorId", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_AuditLines_At",
                table: "AuditLines",
                column: "At");

            migrationBuilder.CreateIndex(
                name: "IX_Awards_VolunteerId",
                table: "Awards",
                column: "VolunteerId");

            migrationBuilder.CreateIndex(
                name: "IX_Consents_VolunteerId",
                table: "Consents",
                column: "VolunteerId");

            migrationBuilder.CreateIndex(
                name: "IX_ImportBatches_StartedAt",
                table: "ImportBatches",
                column: "StartedAt");

            migrationBuilder.CreateIndex(
                name: "IX_ImportedRows_ImportId_Row",
                table: "ImportedRows",
                columns: new[] { "ImportId", "Row" });

            migrationBuilder.CreateIndex(
                name: "IX_ImportedRows_VolunteerId",
                table: "ImportedRows",
                column: "VolunteerId");

            migrationBuilder.CreateIndex(
                name: "IX_JoinApplications_PhoneWholeIndex",
                table: "JoinApplications",
                column: "PhoneWholeIndex");

            migrationBuilder.CreateIndex(
                name: "IX_JoinApplications_Status_SentAt",
                table: "JoinApplications",
                columns: new[] { "Status", "SentAt" });

            migrationBuilder.CreateIndex(
                name: "IX_JoinApplications_TeamId",
                table: "JoinApplications",
                column: "TeamId");

            migrationBuilder.CreateIndex(
                name: "IX_JoinApplications_VolunteerId",
                table: "JoinApplications",
                column: "VolunteerId");

            migrationBuilder.CreateIndex(
                name: "IX_Lendings_BorrowerTeamId_Status",
                table: "Lendings",
                columns: new[] { "BorrowerTeamId", "Status" });

            migrationBuilder.CreateIndex(
                name: "IX_Lendings_HomeTeamId_Status",
                table: "Lendings",
                columns: new[] { "HomeTeamId", "Status" });

            migrationBuilder.CreateIndex(
                name: "IX_Lendings_RunId_VolunteerId",
                table: "Lendings",
                columns: new[] { "RunId", "VolunteerId" });

            migrationBuilder.CreateIndex(
                name: "IX_Lendings_VolunteerId",
                table: "Lendings",
                column: "VolunteerId");

            migrationBuilder.CreateIndex(
                name: "IX_OneUseLinks_TokenHash",
                table: "OneUseLinks",
                column: "TokenHash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_OneUseLinks_VolunteerId",
                table: "OneUseLinks",
                column: "VolunteerId");

            migrationBuilder.CreateIndex(
                name: "IX_SavedFilters_OwnerId",
                table: "SavedFilters",
                column: "OwnerId");

            migrationBuilder.CreateIndex(
                name: "IX_SearchTerms_VolunteerId",
                table: "SearchTerms",
                column: "VolunteerId");

            migrationBuilder.CreateIndex(
                name: "IX_Trainings_VolunteerId",
                table: "Trainings",
                column: "VolunteerId");

            migrationBuilder.CreateIndex(
                name: "IX_VolunteerTags_Name_VolunteerId",
                table: "VolunteerTags",
                columns: new[] { "Name", "VolunteerId" });

            migrationBuilder.AddForeignKey(
                name: "FK_Volunteers_Volunteers_MergedInto",
                table: "Volunteers",
                column: "MergedInto",
                principalTable: "Volunteers",
                principalColumn: "Id",
                onDelete: ReferentialAction.Restrict);

            // What earlier versions knew in other words: a team's colour was named by its code, people joined with their
            // first membership, and a community that has people was set up by hand.
            migrationBuilder.Sql("UPDATE Teams SET Colour = Code;");
            migrationBuilder.Sql("UPDATE Volunteers SET JoinedOn = COALESCE((SELECT MIN(Since) FROM Memberships WHERE VolunteerId = Volunteers.Id), JoinedOn);");
            migrationBuilder.Sql("UPDATE Communities SET SetUpAt = strftime('%Y-%m-%d %H:%M:%S', 'now') WHERE EXISTS (SELECT 1 FROM Volunteers);");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropForeignKey(
                name: "FK_Volunteers_Volunteers_MergedInto",
                table: "Volunteers");

            migrationBuilder.DropTable(
                name: "Awards");

            migrationBuilder.DropTable(
                name: "Consents");

            migrationBuilder.DropTable(
                name: "ImportedRows");

            migrationBuilder.DropTable(
                name: "JoinApplications");

            migrationBuilder.DropTable(
                name: "Lendings");

            migrationBuilder.DropTable(
                name: "OneUseLinks");

            migrationBuilder.DropTable(
                name: "SavedFilters");

            migrationBuilder.DropTable(
                name: "SearchTerms");

            migrationBuilder.DropTable(
                name: "Trainings");

            migrationBuilder.DropTable(
                name: "VolunteerTags");

            migrationBuilder.DropTable(
                name: "ImportBatches");

            migrationBuilder.DropIndex(
                name: "IX_Volunteers_JoinedOn_Id",
                table: "Volunteers");

            migrationBuilder.DropIndex(
                name: "IX_Volunteers_MergedInto",
                table: "Volunteers");

            migrationBuilder.DropIndex(
                name: "IX_Volunteers_NameKey_Id",
                table: "Volunteers");

            migrationBuilder.DropIndex(
                name: "IX_Volunteers_PersonalCodeHash",
                table: "Volunteers");

            migrationBuilder.DropIndex(
                name: "IX_Volunteers_Status_Kind",
                table: "Volunteers");

            migrationBuilder.DropIndex(
                name: "IX_Memberships_TeamId_VolunteerId_Since_Until",
                table: "Memberships");

            migrationBuilder.DropIndex(
                name: "IX_Memberships_VolunteerId_TeamId_Since_Until",
                table: "Memberships");

            migrationBuilder.DropIndex(
                name: "IX_AuditLines_About_Id",
                table: "AuditLines");

            migrationBuilder.DropIndex(
                name: "IX_AuditLines_ActorId_Id",
                table: "AuditLines");

            migrationBuilder.DropIndex(
                name: "IX_AuditLines_At",
                table: "AuditLines");

            migrationBuilder.DropColumn(
                name: "Address",
                table: "Volunteers");

            migrationBuilder.DropColumn(
                name: "Sex",
                table: "Volunteers");

            migrationBuilder.DropColumn(
                name: "EmergencyContact",
                table: "Volunteers");

            migrationBuilder.DropColumn(
                name: "ErasedAt",
                table: "Volunteers");

            migrationBuilder.DropColumn(
                name: "Ethnicity",
                table: "Volunteers");

            migrationBuilder.DropColumn(
                name: "FormerNumbers",
                table: "Volunteers");

            migrationBuilder.DropColumn(
                name: "Guardian",
                table: "Volunteers");

            migrationBuilder.DropColumn(
                name: "IdNumber",
                table: "Volunteers");

            migrationBuilder.DropColumn(
                name: "Initials",
                table: "Volunteers");

            migrationBuilder.DropColumn(
                name: "InsuredUntil",
                table: "Volunteers");

            migrationBuilder.DropColumn(
                name: "InterestHelps",
                table: "Volunteers");

            migrationBuilder.DropColumn(
                name: "InterestLines",
                table: "Volunteers");

            migrationBuilder.DropColumn(
                name: "JoinedOn",
                table: "Volunteers");

            migrationBuilder.DropColumn(
                name: "LeftOn",
                table: "Volunteers");

            migrationBuilder.DropColumn(
                name: "MergedInto",
                table: "Volunteers");

            migrationBuilder.DropColumn(
                name: "NameKey",
                table: "Volunteers");

            migrationBuilder.DropColumn(
                name: "PersonalCodeHash",
                table: "Volunteers");

            migrationBuilder.DropColumn(
                name: "PersonalCodeIssuedAt",
                table: "Volunteers");

            migrationBuilder.DropColumn(
                name: "Political",
                table: "Volunteers");

            migrationBuilder.DropColumn(
                name: "Skills",
                table: "Volunteers");

            migrationBuilder.DropColumn(
                name: "About",
                table: "Teams");

            migrationBuilder.DropColumn(
                name: "ClosedOn",
                table: "Teams");

            migrationBuilder.DropColumn(
                name: "Colour",
                table: "Teams");

            migrationBuilder.DropColumn(
                name: "Proof",
                table: "Qualifications");

            migrationBuilder.DropColumn(
                name: "Joining",
                table: "Communities");

            migrationBuilder.DropColumn(
                name: "Privacy",
                table: "Communities");

            migrationBuilder.DropColumn(
                name: "SetUpAt",
                table: "Communities");

            migrationBuilder.DropColumn(
                name: "About",
                table: "AuditLines");

            migrationBuilder.RenameColumn(
                name: "BornOn",
                table: "Volunteers",
                newName: "MinorBornOn");

            migrationBuilder.CreateIndex(
                name: "IX_Memberships_TeamId_VolunteerId",
                table: "Memberships",
                columns: new[] { "TeamId", "VolunteerId" });

            migrationBuilder.CreateIndex(
                name: "IX_Memberships_VolunteerId",
                table: "Memberships",
                column: "VolunteerId");
        }
    }
}
