using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace VolunteerHub.Web.Data.Migrations
{
    /// <inheritdoc />
    public partial class PeopleOrders : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Volunteers_JoinedOn_Id",
                table: "Volunteers");

            migrationBuilder.DropIndex(
                name: "IX_Volunteers_NameKey_Id",
                table: "Volunteers");

            migrationBuilder.CreateIndex(
                name: "IX_Volunteers_JoinedOn_Id_Status_Kind_MergedInto_ErasedAt",
                table: "Volunteers",
                columns: new[] { "JoinedOn", "Id", "Status", "Kind", "MergedInto", "ErasedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_Volunteers_NameKey_Id_Status_Kind_MergedInto_ErasedAt",
                table: "Volunteers",
                columns: new[] { "NameKey", "Id", "Status", "Kind", "MergedInto", "ErasedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_Volunteers_Number_Id_Status_Kind_MergedInto_ErasedAt",
                table: "Volunteers",
                columns: new[] { "Number", "Id", "Status", "Kind", "MergedInto", "ErasedAt" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Volunteers_JoinedOn_Id_Status_Kind_MergedInto_ErasedAt",
                table: "Volunteers");

            migrationBuilder.DropIndex(
                name: "IX_Volunteers_NameKey_Id_Status_Kind_MergedInto_ErasedAt",
                table: "Volunteers");

            migrationBuilder.DropIndex(
                name: "IX_Volunteers_Number_Id_Status_Kind_MergedInto_ErasedAt",
                table: "Volunteers");

            migrationBuilder.CreateIndex(
                name: "IX_Volunteers_JoinedOn_Id",
                table: "Volunteers",
                columns: new[] { "JoinedOn", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Volunteers_NameKey_Id",
                table: "Volunteers",
                columns: new[] { "NameKey", "Id" });
        }
    }
}
