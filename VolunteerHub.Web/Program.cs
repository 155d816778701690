using VolunteerHub.Web.Components;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Features.Account;
using VolunteerHub.Web.Platform.Forms;
using VolunteerHub.Web.Features.CheckIn;
using VolunteerHub.Web.Features.MyDuties;
using VolunteerHub.Web.Platform;
using VolunteerHub.Web.Platform.Identity;
using VolunteerHub.Web.Platform.Security;
using VolunteerHub.Web.Platform.Sentences;

var builder = WebApplication.CreateBuilder(args);

// Also where it runs from its build output, as tests and the README's command do.
builder.WebHost.UseStaticWebAssets();
builder.AddHubData();
builder.AddHubIdentity();
builder.AddHubSecurity();
builder.Services.AddHubTexts();
builder.Services.AddJobs();
builder.Services.AddHubScreens();

var app = builder.Build();

await app.PrepareDatabaseAsync();

app.UseHubSecurity();
app.UseRequestLocalization();
app.UseStatusCodePagesWithReExecute("/status/{0}");
app.UseRouting();
app.UseAuthentication();
app.UseAuthorization();
app.UseAntiforgery();

app.MapStaticAssets().ShortCircuit();
app.MapRazorComponents<App>().AddInteractiveServerRenderMode(options => options.ContentSecurityFrameAncestorsPolicy = null);
app.MapAccountPages();
app.MapMyPages();
app.MapCheckInPages();
app.MapStatusPages();
app.MapHealthChecks("/health").AllowAnonymous();

app.Run();
