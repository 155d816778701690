using VolunteerHub.Web;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Features.Administration.SetUp;

// The switch stands alone: read as a setting it would swallow what follows it.
var builder = WebApplication.CreateBuilder([.. args.Where(a => a != SetUpLinks.RecoverySwitch)]);
// Also where it runs from its build output, as the README's command does.
builder.WebHost.UseStaticWebAssets();
builder.AddHub();

var app = builder.Build();
await app.PrepareDatabaseAsync();
if (args.Contains(SetUpLinks.RecoverySwitch))
{
    await app.OfferRecoveryAsync(Console.Out);
    return;
}

app.UseHub();
await app.StartAsync();
await app.OfferSetUpAsync(Console.Out);
await app.WaitForShutdownAsync();
