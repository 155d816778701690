using VolunteerHub.Web;
using VolunteerHub.Web.Data;

var builder = WebApplication.CreateBuilder(args);
// Also where it runs from its build output, as the README's command does.
builder.WebHost.UseStaticWebAssets();
builder.AddHub();

var app = builder.Build();
await app.PrepareDatabaseAsync();
app.UseHub();
app.Run();
