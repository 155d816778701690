using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace VolunteerHub.Web.Data.Migrations
{
    /// <inheritdoc />
    public partial class AttendanceJournal : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "AttendanceJournal",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false),
                    // Before the bytes, so that asking for it does not read them.
                    Refused = table.Column<string>(type: "TEXT", nullable: true),
                    Changes = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AttendanceJournal", x => x.Id);
                });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "AttendanceJournal");
        }
    }
}
